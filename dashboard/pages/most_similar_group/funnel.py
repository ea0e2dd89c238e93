"""A funnel plot drawn and put into words."""

from __future__ import annotations

from dashboard.analysis.funnel import FunnelAnswer
from dashboard.analysis.ranking import RankingAnswer
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.funnel import ALL_TOGETHER, funnel_plot
from dashboard.words.levels import DENOMINATORS, level_text

INSIDE = "inside"
WHERE = {
    "very low": "far below",
    "low": "below",
    INSIDE: "within",
    "high": "above",
    "very high": "far above",
}
EXPLAINED = "what its size and the usual differences between areas explain"
ALLOWED = "what chance allows an area of its size that meets the target"
WIDENED = {
    "additive": "Limits (95% dashed, 99.8% full) allow for true differences between areas",
    "multiplicative": "Limits (95% dashed, 99.8% full) are widened by how much areas differ",
    "none": "Limits (95% dashed, 99.8% full) are those of chance alone",
}


def funnel_chart(answer: FunnelAnswer, *, source: str) -> Chart | None:
    """Draw the funnel; None where no area has a rate."""
    if answer.areas["value"].isna().all():
        return None
    people = DENOMINATORS.get(answer.denominator, "residents")
    measure = f"{answer.title} per {answer.rate_per:,} {people}"
    if answer.plot.is_proportion:
        people = "people asked"
        measure = f"{answer.title}, percent"
    return funnel_plot(
        answer.areas,
        answer.limits,
        caption=Caption(
            title=funnel_text(answer),
            subtitle=f"{measure} by number of {people}, {answer.period}, {_among(answer)}"
            f". {WIDENED[answer.plot.widening]}",
            source=source,
            illustrative=answer.illustrative,
        ),
        target=answer.plot.target,
        measure=measure,
        size=people.capitalize(),
        about="Target" if answer.plot.is_given else ALL_TOGETHER,
    )


def funnel_text(answer: FunnelAnswer) -> str:
    """Return where the area lies, in one sentence."""
    name, place = answer.area_name, str(answer.own["place"])
    if not place:
        return f"{name} has no figure to be placed by"
    value = float(answer.own["value"])
    of = level_text(value, "percent") if answer.plot.is_proportion else None
    figure = f"{name}'s {of}" if of else f"{name}'s rate of {level_text(value, 'rate')}"
    return f"{figure} is {WHERE[place]} {ALLOWED if answer.plot.is_given else EXPLAINED}"


def beside_the_means(answer: FunnelAnswer, ranking: RankingAnswer) -> str:
    """Return why a place in the funnel and a distance from the mean need not agree; "" if they do.

    They ask different things: the funnel, whether such a rate is unusual for an area of its size
    when areas differ anyway; the distance, whether chance alone explains it.
    """
    clear = (ranking.certainty.from_pooled.is_clear, ranking.certainty.from_unweighted.is_clear)
    is_inside = str(answer.own["place"]) == INSIDE
    if not is_inside or not any(clear):
        return ""
    return (
        "The rate differs from the group's mean by more than chance, as the table of means below "
        "says; but areas differ that much anyway, so among them it is not unusual."
    )


def _among(answer: FunnelAnswer) -> str:
    """Return which areas are shown: "the 11 members of …", "all 314 areas of its kind"."""
    if answer.among == "all":
        return (
            f"all {answer.plot.areas} areas of its kind, its group in blue; triangles at the top "
            "stand for rates over the chart"
        )
    return f"the {answer.plot.areas} members of {answer.group} with data"
