"""How sure a place is, in words: its interval, chances, distances from the means, who is near."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.rank_certainty import MeanDistance
from dashboard.analysis.ranking import RankingAnswer
from dashboard.analysis.rows import records_of
from dashboard.charts.wording import number_text
from dashboard.metrics.gap import THIRD
from dashboard.metrics.group_distance import nearby
from dashboard.metrics.ranking import ordinal
from dashboard.metrics.significance import LIKE_SERIES, OWN_HISTORY
from dashboard.words.levels import level_text
from dashboard.words.verdict import chance_in_words

QUARTERS = {1: "best", 2: "second", 3: "third", 4: "last"}
WIDENED = {
    OWN_HISTORY: "as its own history shows",
    LIKE_SERIES: "as such counts usually have",
}


def certainty_text(answer: RankingAnswer) -> str:
    """Return how far the place can be relied on, in two sentences or three."""
    ends = _places_of(answer)
    if answer.place.is_withheld:
        return ""
    if not ends:
        return "There is no figure to say how sure the place is."
    if ends[0] == ends[1]:
        text = f"Chance does not change the place: {ends[0]}, with 95% confidence."
    else:
        text = f"Allowing for chance, the place is between {ends[0]} and {ends[1]} (95%)."
    return f"{text} {chances_text(answer)}".strip()


def place_title(answer: RankingAnswer) -> str:
    """Return what chance leaves of the place, as the title of the bars; "" without a place.

    Such as "All crime: allowing for chance, Southampton's place is between 12th and 13th (95%)".
    """
    ends = _places_of(answer)
    if not ends:
        return ""
    own = f"{answer.title}: allowing for chance, {answer.area_name}'s place is"
    return f"{own} {ends[0] if ends[0] == ends[1] else f'between {ends[0]} and {ends[1]}'} (95%)"


def chances_text(answer: RankingAnswer) -> str:
    """Return the chances of a place among the best three, and of having moved; "" for neither."""
    certainty, text = answer.certainty, ""
    if answer.place.with_data > THIRD and _places_of(answer):
        text = (
            "The chance of being truly among the best three is "
            f"{chance_in_words(certainty.chance_top_three)}."
        )
    if certainty.chance_up is None or not _places_of(answer):
        return text
    return (
        f"{text} The chance of a truly better place than a year before is "
        f"{chance_in_words(certainty.chance_up)}, of a worse one "
        f"{chance_in_words(certainty.chance_down)}."
    ).strip()


def _places_of(answer: RankingAnswer) -> tuple[str, ...]:
    """Return the first and last place that chance leaves; nothing where there is no place."""
    lower, upper = answer.certainty.rank_lower, answer.certainty.rank_upper
    if answer.place.rank is None or lower is None or upper is None:
        return ()
    return ordinal(lower), ordinal(upper)


def going_on_text(answer: RankingAnswer) -> str:
    """Return the gap to third if the others go on as they are, as one sentence; "" if unknown."""
    gap = answer.certainty.gap_going_on
    if gap.events is None or gap.rate_to_reach is None or answer.place.with_data < THIRD:
        return ""
    lead = "If the other members move on as they did over the last year"
    if gap.events == 0:
        return f"{lead}, the figure of today is among the best three."
    word = "fewer" if answer.lower_is_better else "more"
    return f"{lead}, third place needs {gap.events:,} {word}."


def distance_texts(answer: RankingAnswer) -> list[tuple[str, str]]:
    """Return the distance from both means: label, "17.0 more (6.2 to 27.8): more than chance"."""
    return [
        (f"Against the {label}", _distance(distance))
        for label, distance in (
            (answer.mean.pooled_label, answer.certainty.from_pooled),
            (answer.mean.unweighted_label, answer.certainty.from_unweighted),
        )
    ]


def place_rows(answer: RankingAnswer) -> list[tuple[str, str]]:
    """Return quartile, interval and chances of the place: label, text."""
    certainty = answer.certainty
    quarter = "too few members" if certainty.quartile is None else QUARTERS[certainty.quartile]
    rows = [("Quarter of the group", quarter)]
    if certainty.rank_lower is not None and certainty.rank_upper is not None:
        rows.append(
            (
                "Place allowing for chance, 95%",
                places_text(certainty.rank_lower, certainty.rank_upper),
            )
        )
    rows += [
        ("Chance of being truly among the best three", chance_in_words(certainty.chance_top_three)),
        ("Chance of a truly better place than a year before", chance_in_words(certainty.chance_up)),
        ("How lumpy counts are", _widened(answer)),
    ]
    return rows


def places_text(lower: int, upper: int) -> str:
    """Return the interval of a place: "8th to 11th", "1st"."""
    return ordinal(lower) if lower == upper else f"{ordinal(lower)} to {ordinal(upper)}"


def near_table(answer: RankingAnswer) -> pd.DataFrame:
    """Return the members next to the area, as texts."""
    near = nearby(answer.members, answer.area, answer.lower_is_better)
    rows = [
        {
            "Place": ordinal(int(row.rank)),
            "Area": row.area_name,
            f"Per {answer.rate_per:,}": level_text(row.value, "rate"),
            "To draw level": _between(int(row.events_between), answer.lower_is_better),
            "Chance that it is truly better": chance_in_words(float(row.chance_better)),
        }
        for row in records_of(near)
    ]
    return pd.DataFrame(rows)


def _between(events: int, lower_is_better: bool) -> str:
    """Return what the area has to do, or has in hand, to stand level with another."""
    if events == 0:
        return "level"
    needs = events > 0 if lower_is_better else events < 0
    number = number_text(abs(events))
    word = "fewer" if lower_is_better else "more"
    other = "more" if lower_is_better else "fewer"
    return f"{number} {word} needed" if needs else f"{number} {other} would be level"


def _distance(distance: MeanDistance) -> str:
    if distance.difference is None or distance.lower is None or distance.upper is None:
        return "not known"
    word = "more" if distance.difference > 0 else "less"
    ends = sorted((abs(distance.lower), abs(distance.upper)))
    size = level_text(abs(distance.difference), "rate")
    if not distance.is_clear:
        return f"{size} {word}; chance alone would explain it"
    between = " to ".join(level_text(end, "rate") for end in ends)
    return f"{size} {word} ({between}); chance alone would not explain it"


def _widened(answer: RankingAnswer) -> str:
    certainty = answer.certainty
    if certainty.dispersion is None:
        return "not known"
    times = number_text(certainty.dispersion, "rate")
    return f"{times} times the variance of chance alone, {WIDENED[certainty.dispersion_from]}"
