"""A ranking drawn and put into words: bars in order, movement in a year, the gap to third."""

from __future__ import annotations

from dashboard.analysis.groups import MOST_SIMILAR_GROUP, SAME_FORCE
from dashboard.analysis.ranking import RankingAnswer
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.movement import movement_of_ranks
from dashboard.charts.ranked_bars import ranked_bars
from dashboard.metrics.ranking import ordinal
from dashboard.words.levels import DENOMINATORS, capital, in_period, level_text, lowered
from dashboard.words.places import place_in_words
from dashboard.words.reasons import reason_in_words

THIRD = 3


def headline(answer: RankingAnswer) -> str:
    """Return the place in a sentence.

    Such as "Southampton is 13th of 15 in its Most Similar Group for all crime, April to December
    2009; 14th a year before".
    """
    place = answer.place
    what = f"for {lowered(answer.title)}, {answer.period}"
    if place.is_withheld:
        why = reason_in_words(place.why_withheld(answer.period))
        return f"{answer.area_name}, {lowered(answer.title)}: {why}"
    if place.rank is None:
        return f"{answer.area_name} has no figure to be ranked by {what}"
    text = f"{answer.area_name} is {place_in_words(place)} {among(answer)} {what}"
    before = rank_before(answer)
    if before is None:
        return text
    if before == place.rank:
        return f"{text}; the same a year before"
    return f"{text}; {ordinal(before)} a year before"


def among(answer: RankingAnswer) -> str:
    """Return where the area is ranked: "in its Most Similar Group"."""
    if is_polices_group(answer):
        return f"in its {answer.group}"
    if answer.group == SAME_FORCE:
        return "among the partnerships of its police force"
    if answer.group_kind == "own_making":
        return "in a group of our own making"
    return f"among its {answer.group}"


def rank_before(answer: RankingAnswer) -> int | None:
    """Return the area's rank a year before, among the members with data in both years."""
    own = answer.moved[answer.moved["is_own"]]
    if own.empty or own["rank_before"].isna().iloc[0]:
        return None
    return int(own["rank_before"].iloc[0])


def ranking_chart(answer: RankingAnswer, *, source: str, title: str = "") -> Chart:
    """Draw the members best first, each rate with its 95% interval.

    Args:
        answer: Of one group.
        source: The line of `dashboard.words.sources`.
        title: Another finding than `headline`.
    """
    return ranked_bars(
        answer.members,
        caption=Caption(
            title=title or headline(answer),
            subtitle=f"{measure(answer)}, {answer.period}, with 95% intervals. "
            f"{group_text(answer)}",
            source=source,
            illustrative=answer.illustrative,
        ),
        own_area=answer.area,
        measure=measure(answer),
        mean=answer.mean.pooled,
        mean_label="All areas together",
    )


def movement_chart(answer: RankingAnswer, *, source: str) -> Chart | None:
    """Draw how the members' ranks moved in a year; None where no member has both years."""
    if answer.moved["rank_now"].isna().all():
        return None
    return movement_of_ranks(
        answer.moved,
        caption=Caption(
            title=movement_text(answer),
            subtitle=f"Place for {lowered(answer.title)}, {answer.previous_period} and "
            f"{answer.period}, "
            "among members with figures in both; 1 is best",
            source=source,
            illustrative=answer.illustrative,
        ),
        own_area=answer.area,
        before=answer.previous_period,
        now=answer.period,
    )


def movement_text(answer: RankingAnswer) -> str:
    """Return how the area moved in a year, in one sentence."""
    own = answer.moved[answer.moved["is_own"]]
    if own.empty or own["moved"].isna().iloc[0]:
        return f"{answer.area_name} cannot be compared with a year before"
    moved = int(own["moved"].iloc[0])
    now = ordinal(int(own["rank_now"].iloc[0]))
    if moved == 0:
        return f"{answer.area_name} kept its place in a year: {now}"
    places = "one place" if abs(moved) == 1 else f"{abs(moved)} places"
    direction = "up" if moved > 0 else "down"
    return f"{answer.area_name} moved {direction} {places} in a year, to {now}"


def gap_text(answer: RankingAnswer) -> str:
    """Return what separates the area from third place, in events, as one sentence.

    "" where no place is given: the headline says why.
    """
    gap = answer.gap
    if answer.place.is_withheld:
        return ""
    if gap.events is None:
        return f"The gap to third place cannot be said: {reason_in_words(gap.reason)}."
    if answer.place.with_data < THIRD:
        now = place_in_words(answer.place)
        return f"Too few members have figures to speak of third place ({now})."
    if gap.events == 0:
        return f"{answer.area_name} is among the best three already."
    word = "fewer" if answer.lower_is_better else "more"
    level = level_text(gap.rate_to_reach, "rate")
    return (
        f"Third place needs {gap.events:,} {word} {in_period(answer.period)} with the other "
        f"members unchanged: {level} {_per(answer)}."
    )


def means_table_rows(answer: RankingAnswer) -> list[tuple[str, str]]:
    """Return both means of the group with what each means: label, value."""
    mean = answer.mean
    return [
        (capital(mean.pooled_label), level_text(mean.pooled, "rate")),
        (capital(mean.unweighted_label), level_text(mean.unweighted, "rate")),
    ]


def group_text(answer: RankingAnswer) -> str:
    """Return which group, edition and source the comparison rests on, and what it is not."""
    if answer.group == SAME_FORCE:
        return f"{SAME_FORCE}: not a group of similar areas"
    if answer.group_kind == "own_making":
        return f"{answer.group}: not the police's Most Similar Group"
    text = f"{answer.group}, edition {answer.edition}"
    return text if is_polices_group(answer) else f"{text}: not the police's Most Similar Group"


def is_polices_group(answer: RankingAnswer) -> bool:
    """Return whether the group is the one that the police call most similar."""
    return answer.group == MOST_SIMILAR_GROUP


def measure(answer: RankingAnswer) -> str:
    """Return what is ranked, as a column heading: "All crime per 1,000 residents"."""
    return f"{answer.title} {_per(answer)}"


def denominator_text(answer: RankingAnswer) -> str:
    """Return which year's residents or households the rates rest on."""
    people = DENOMINATORS.get(answer.denominator, "residents").capitalize()
    if answer.denominator_year is None:
        return f"{people}: no year given"
    return f"{people}: estimate for {answer.denominator_year}"


def _per(answer: RankingAnswer) -> str:
    people = DENOMINATORS.get(answer.denominator, "residents")
    return f"per {answer.rate_per:,} {people}"
