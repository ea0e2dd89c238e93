"""What is asked first of a place in the group: the place, the gap to third, how sure it is."""

from __future__ import annotations

from dashboard.analysis.ranking import RankingAnswer
from dashboard.charts.wording import number_text
from dashboard.metrics.gap import THIRD
from dashboard.metrics.ranking import ordinal
from dashboard.ui.big_number import BigNumber
from dashboard.words.levels import level_text, lowered, short_period
from dashboard.words.places import place_in_words
from dashboard.words.rank_certainty import places_text
from dashboard.words.ranking import among, rank_before
from dashboard.words.reasons import reason_in_words
from dashboard.words.verdict import chance_in_figures


def title(answer: RankingAnswer) -> str:
    """Return the place in a few words: "13th of 15 for all crime in its Most Similar Group"."""
    what = lowered(answer.title)
    if answer.place.is_withheld:
        return f"{answer.title}: {reason_in_words(answer.place.why_withheld(answer.period))}"
    if answer.place.rank is None:
        return f"{answer.area_name} has no figure to be ranked by for {what}"
    return f"{place_in_words(answer.place)} for {what} {among(answer)}"


def big_numbers(answer: RankingAnswer) -> list[BigNumber]:
    """Return the place, the rate, the gap to third, and what chance leaves of the place."""
    if answer.place.is_withheld or answer.place.rank is None:
        return []
    found = [_place(answer), _rate(answer), _gap(answer), *_certainty(answer)]
    return [each for each in found if each is not None]


def _place(answer: RankingAnswer) -> BigNumber:
    before = rank_before(answer)
    was = "" if before is None else f"was {ordinal(before)}"
    return BigNumber(short_period(answer.period), ordinal(int(answer.place.rank or 0)), was)


def _rate(answer: RankingAnswer) -> BigNumber:
    own = answer.members[answer.members["is_own"]]
    mean = level_text(answer.mean.pooled, "rate")
    value = level_text(own["value"].iloc[0], "rate")
    return BigNumber(f"Per {answer.rate_per:,}", value, f"group {mean}")


def _gap(answer: RankingAnswer) -> BigNumber | None:
    """Return the gap to third place, and what it is if the others go on as they do."""
    gap, going_on = answer.gap, answer.certainty.gap_going_on
    if gap.events is None or answer.place.with_data < THIRD:
        return None
    word = "fewer" if answer.lower_is_better else "more"
    note = "" if going_on.events is None else f"{going_on.events:,} if others go on"
    return BigNumber(f"To third, {word}", number_text(gap.events), note)


def _certainty(answer: RankingAnswer) -> list[BigNumber]:
    found = answer.certainty
    if found.rank_lower is None or found.rank_upper is None:
        return []
    places = places_text(found.rank_lower, found.rank_upper).replace(" to ", "–")
    range_of = BigNumber("95% range", places, "allowing for chance")
    if answer.place.with_data <= THIRD or found.chance_top_three is None:
        return [range_of]
    return [
        range_of,
        BigNumber("Top three", chance_in_figures(found.chance_top_three), "chance"),
    ]
