"""A funnel plot drawn and put into words."""

from __future__ import annotations

from dashboard.answers.funnel import FunnelAnswer
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.funnel import funnel_plot
from dashboard.exhibits.words import DENOMINATORS, level_text

FOUND = {
    "very low": "far below what its size and the usual differences between areas explain",
    "low": "below what its size and the usual differences between areas explain",
    "inside": "within what its size and the usual differences between areas explain",
    "high": "above what its size and the usual differences between areas explain",
    "very high": "far above what its size and the usual differences between areas explain",
}
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
    measure = f"{answer.title} per {answer.header['rate_per']:,} {people}"
    return funnel_plot(
        answer.areas,
        answer.limits,
        caption=Caption(
            title=funnel_text(answer),
            subtitle=f"{measure} by number of {people}, {answer.header['period']}, {_among(answer)}"
            f". {WIDENED[answer.plot.widening]}",
            source=source,
            illustrative=bool(answer.header["illustrative"]),
        ),
        target=answer.plot.target,
        measure=measure,
        size=people.capitalize(),
    )


def funnel_text(answer: FunnelAnswer) -> str:
    """Return where the area lies, in one sentence."""
    name, place = answer.header["area_name"], str(answer.own["place"])
    if not place:
        return f"{name} has no figure to be placed by"
    rate = level_text(float(answer.own["value"]), "rate")
    return f"{name}'s rate of {rate} is {FOUND[place]}"


def _among(answer: FunnelAnswer) -> str:
    """Return which areas are shown: "the 11 members of …", "all 314 areas of its kind"."""
    if answer.among == "all":
        return (
            f"all {answer.plot.areas} areas of its kind, its group in blue; triangles at the top "
            "stand for rates over the chart"
        )
    return f"the {answer.plot.areas} members of {answer.header['group']} with data"
