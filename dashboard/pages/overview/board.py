"""What the Overview shows, gathered once for all readers of an area, plan and month."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.analysis.area_view import AreaView, plan_of_area
from dashboard.analysis.change import change
from dashboard.analysis.question import ALL_CRIME
from dashboard.analysis.status import given_status
from dashboard.analysis.verdict_history import verdict_history
from dashboard.charts.chart import Chart
from dashboard.pages.overview.headline import headline
from dashboard.pages.overview.moved import Moved, moved
from dashboard.pages.overview.place import PlaceCard, place_card
from dashboard.pages.overview.target_cards import (
    TargetCard,
    first_goal,
    goal_card,
    made_up_card,
    stretch_card,
)
from dashboard.pages.overview.verdicts import counted_sentence, tiles_chart
from dashboard.store.cache import cached_per_build
from dashboard.ui.without_targets import map_around, source_of_all
from dashboard.words.plan_without_figures import why_no_verdict
from dashboard.words.top_priorities import top_sentence

STRETCH = "stretch"


@dataclass(frozen=True)
class MadeUp:
    """What is held against goals that were made up for the worked example, apart from the plan's.

    Attributes:
        stretch: Cards of stretch targets.
        tiles: Verdicts quarter by quarter; None without any.
    """

    stretch: list[TargetCard]
    tiles: Chart | None


@dataclass(frozen=True)
class Board:
    """The Overview of an area under a plan; parts that it has no figures for are empty or None.

    Attributes:
        headline: The first sentence.
        stretch: The targets that carry a reward.
        goal: The goal that the plan puts first.
        place: The place in the group.
        moved: What moved on a year before.
        tiles: Verdicts quarter by quarter.
        counted: What the plan counts and does not name, in a sentence; "" for nothing.
        no_verdict: Why no target has a verdict; "" where one has, or there is no target.
        map: The area in the middle of its neighbours, where no verdict can be given.
        invites: Whether the area is asked to set its first target.
        said: What is to be known of the targets besides, a sentence each.
        source: Source and vintage of all figures.
        made_up: Goals that were made up.
    """

    headline: str
    stretch: list[TargetCard]
    goal: TargetCard | None
    place: PlaceCard | None
    moved: Moved | None
    tiles: Chart | None
    counted: str
    no_verdict: str
    map: Chart | None
    invites: bool
    said: list[str]
    source: str
    made_up: MadeUp


@cached_per_build
def board_of(view: AreaView) -> Board:
    """Return what the Overview shows; whoever gets it leaves it as it is."""
    targets = given_status(view, view.as_at_text)
    first = first_goal(view)
    has_verdict = bool(targets["status"].ne("cannot say").any())
    return Board(
        headline=headline(targets, [change(view, ALL_CRIME, each) for each in BASES]),
        stretch=_stretch(view),
        goal=None if first is None else goal_card(view, first),
        place=place_card(view),
        moved=moved(view),
        tiles=tiles_chart(view, verdict_history(view)),
        counted=counted_sentence(targets),
        no_verdict="" if has_verdict else why_no_verdict(targets, view.as_at_text),
        map=None if has_verdict else map_around(view, ALL_CRIME),
        invites=not (len(targets) or plan_of_area(view.warehouse, view.area_code)),
        said=[each for each in (top_sentence(targets),) if each],
        source=source_of_all(view),
        made_up=_made_up(view),
    )


BASES = ("ytd", "rolling_year")
"""The first on which all crime compares with a year before is said in the headline."""


def _stretch(view: AreaView) -> list[TargetCard]:
    chosen = [each for each in view.targets if each.kind == STRETCH]
    names = {each.target_id: view.indicator(each.indicator_id).title for each in chosen}
    return [stretch_card(view, each, names.get(each.reward_shared_with, "")) for each in chosen]


def _made_up(view: AreaView) -> MadeUp:
    chosen = [each for each in view.targets if each.kind == STRETCH and each.illustrative]
    history = verdict_history(view, is_made_up=True)
    return MadeUp([made_up_card(view, each) for each in chosen], tiles_chart(view, history))
