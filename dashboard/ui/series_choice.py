"""Which of an indicator's series a page shows: the headline series, until another is chosen."""

from __future__ import annotations

from dataclasses import replace

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.names import distinct_names
from dashboard.store.cache import cached_per_build
from dashboard.ui.choices import choose
from dashboard.ui.selection import Choice
from dashboard.words.series import headline_line, series_label


def choose_series(view: AreaView, *indicators: str) -> AreaView:
    """Ask for a series, where there is more than one to choose from.

    Args:
        view: The area of the page.
        *indicators: What the page shows; of several, all series that any of them has are offered,
            and the default is each indicator's own headline series.

    Returns:
        The area with the series chosen.
    """
    if not has_several_series(view, *indicators):
        return view
    offered = _series_offered(view, indicators)
    chosen = choose("Series", "series", offered)
    return view if chosen == offered.default else replace(view, series_asked=chosen)


def has_several_series(view: AreaView, *indicators: str) -> bool:
    """Return whether there is more than one series of indicators to choose from."""
    return len(_series_offered(view, indicators).options) > 1


@cached_per_build
def _series_offered(view: AreaView, indicators: tuple[str, ...]) -> Choice:
    """Return the series of indicators, the headline series of the first one first."""
    loads = view.warehouse.cached_frame("loads")
    names: dict[str, str] = {}
    for indicator in indicators:
        for each in view.all_series(indicator):
            names.setdefault(each.id, series_label(each, view.as_at, loads))
    return Choice("series", distinct_names(names), next(iter(names), ""))


@cached_per_build
def series_line(view: AreaView, indicator: str) -> str:
    """Return which series stands for an indicator and which others there are, in one line."""
    loads = view.warehouse.cached_frame("loads")
    return headline_line(view.all_series(indicator), view.as_at, loads)
