"""The place in the group, as a card: the strip of places, and how far the third is."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.question import ALL_CRIME
from dashboard.analysis.ranking import RankingAnswer
from dashboard.analysis.ranking import ranking as ranking_answer
from dashboard.analysis.rows import Target, Verdict
from dashboard.analysis.status import verdicts_on
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.rank_line import rank_line
from dashboard.charts.wording import number_text
from dashboard.metrics.periods import parse_month
from dashboard.metrics.ranking import ordinal
from dashboard.pages.overview.target_cards import SMALL
from dashboard.ui.big_number import BigNumber
from dashboard.words.levels import named
from dashboard.words.on_target import reason_text
from dashboard.words.rank_certainty import chances_text
from dashboard.words.ranking import gap_text, group_text, headline, rank_before
from dashboard.words.reasons import reason_in_words
from dashboard.words.sources import source_of_indicators

RANK = "rank"


@dataclass(frozen=True)
class PlaceCard:
    """What the card shows.

    Attributes:
        indicator_id: What is ranked.
        kicker: The group, in small letters above the title.
        title: The indicator, and the goal where the plan gives one: "All crime: top 3".
        verdict: A word of `dashboard.metrics.status_table`; "" without a goal.
        numbers: The place, and the events between it and the third.
        chart: The strip of places; None where there is no place.
        said: What else is known, a sentence each.
    """

    indicator_id: str
    kicker: str
    title: str
    verdict: str
    numbers: list[BigNumber]
    chart: Chart | None
    said: list[str]


def place_card(view: AreaView) -> PlaceCard | None:
    """Return the card of the first goal that is a place, or of all crime; None without any."""
    target = next((each for each in view.targets if each.goal == RANK and each.goal_is_given), None)
    found = None
    if target is not None:
        (found,) = verdicts_on(view, [target], parse_month(view.as_at_text))
    indicator = ALL_CRIME if target is None else target.indicator_id
    try:
        answer = ranking_answer(_judged(view, found), indicator)
    except NoFiguresError as nothing:
        return PlaceCard(indicator, "", "Not ranked", "", [], None, [str(nothing)])
    return _card(view, answer, target, found)


def _judged(view: AreaView, target: Verdict | None) -> AreaView:
    """Return the view of the month that a target is judged by: of a closed one, its last."""
    if target is None or not target.closed:
        return view
    return view.at((target.due or target.closed)[:7])


def _card(
    view: AreaView, answer: RankingAnswer, target: Target | None, found: Verdict | None
) -> PlaceCard:
    about, place = view.indicator(answer.indicator), answer.place
    goal = None if found is None else found.place_asked
    asked = f": top {goal}" if goal else ""
    said = [headline(answer), gap_text(answer), chances_text(answer), group_text(answer)]
    if found is not None:
        said.insert(0, f"{named(about)}. {reason_text(found)}")
    chart = None
    if place.rank is None or place.is_withheld:
        why = reason_in_words(place.why_withheld(answer.period)) if place.is_withheld else ""
        said = [each for each in (why, *said[:1]) if each]
    else:
        chart = _strip(view, answer, goal)
    return PlaceCard(
        indicator_id=answer.indicator,
        kicker=answer.group,
        title=f"{about.title}{asked}" if asked else f"{about.title}, place in the group",
        verdict="" if target is None or found is None else found.status,
        numbers=_numbers(answer) if chart else [],
        chart=chart,
        said=[each for each in said if each],
    )


def _strip(view: AreaView, answer: RankingAnswer, goal: int | None) -> Chart:
    chart = rank_line(
        rank=answer.place.rank,
        before=rank_before(answer),
        of=answer.place.of,
        goal=goal,
        caption=Caption(
            title=headline(answer),
            subtitle=group_text(answer),
            source=source_of_indicators(view, answer.indicator),
            illustrative=answer.illustrative,
        ),
    )
    chart.figure.update_layout(height=SMALL)
    return chart


def _numbers(answer: RankingAnswer) -> list[BigNumber]:
    place, gap = answer.place, answer.gap
    found = [BigNumber(f"of {place.of}", ordinal(place.rank or 0))]
    if gap.events:
        word = "fewer" if answer.lower_is_better else "more"
        noun = " crimes" if answer.indicator == ALL_CRIME else ""
        found.append(BigNumber(f"{word}{noun} to reach 3rd", number_text(gap.events)))
    return found
