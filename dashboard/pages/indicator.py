"""Indicator: everything about one, from the finding to the file it came from."""

from __future__ import annotations

from dashboard.analysis.area_view import AreaView
from dashboard.layout.change_sections import change_section, parts_section
from dashboard.layout.history_section import history_section
from dashboard.layout.indicator_figures import figures_section
from dashboard.layout.indicator_head import choose_one, head
from dashboard.layout.indicator_notes import notes_section
from dashboard.layout.indicator_partners import partners_section
from dashboard.layout.indicator_place import place_section
from dashboard.layout.indicator_targets import targets_section
from dashboard.layout.redrawn import redrawn_alone
from dashboard.layout.series_choice import choose_series
from dashboard.layout.without_targets import plan_without_figures

#: In the order of the list at the top of the page.
DRAW = (
    history_section,
    change_section,
    targets_section,
    place_section,
    parts_section,
    notes_section,
    partners_section,
    figures_section,
)


def page(view: AreaView) -> None:
    """Draw the page: the finding and the verdict, then what is behind them."""
    if not view.as_at_text:
        plan_without_figures(view)
        return
    _one(view)


@redrawn_alone
def _one(view: AreaView) -> None:
    """Draw one indicator; another one chosen leaves the links beside the page as they are."""
    indicator = choose_one(view)
    view = choose_series(view, indicator)
    head(view, indicator)
    for draw in DRAW:
        draw(view, indicator)
