"""The places of a map, in words and shaded."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.pivot import CHANGE, COUNT, PERCENT, RATE
from dashboard.analysis.places import PlacesAnswer
from dashboard.charts.area_map import HEIGHT, Box, area_map, box_of
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.wording import NO_FIGURE, Unit, number_text
from dashboard.words.levels import capital, in_period

SHADINGS = {
    RATE: "Rate per 1,000",
    COUNT: "Number",
    PERCENT: "Change on a year before, %",
    CHANGE: "Change on a year before",
}
"""What areas can be shaded by; the first is the default, since numbers follow population."""
_UNITS: dict[str, Unit] = {
    COUNT: "count", CHANGE: "change", PERCENT: "percent_change", RATE: "rate",
}  # fmt: skip
NOT_CALCULATED = "not calculated"


def shadings(answer: PlacesAnswer) -> dict[str, str]:
    """Return what the places can be shaded by: what any of them has a number of."""
    return {known: name for known, name in SHADINGS.items() if answer.figures[known].notna().any()}


_AROUND = 1.5
"""How far the surroundings reach, in sizes of the place in the middle."""


def around(shapes: pd.DataFrame, code: str) -> tuple[pd.DataFrame, Box] | None:
    """Return the shapes around a place, and the box that has it in the middle.

    Args:
        shapes: area_code, rings, of the boundaries.
        code: Of the place.

    Returns:
        None where the boundaries do not have it.
    """
    own = [ring for rings in shapes.loc[shapes["area_code"].eq(code), "rings"] for ring in rings]
    if not own:
        return None
    box = box_of(own)
    reach = _AROUND * max(box.east - box.west, box.north - box.south)
    middle = (box.west + box.east) / 2, (box.south + box.north) / 2
    view = Box(middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach)
    boxes = pd.DataFrame([box_of(rings) for rings in shapes["rings"]], index=shapes.index)
    is_near = (
        boxes["west"].lt(view.east)
        & boxes["east"].gt(view.west)
        & boxes["south"].lt(view.north)
        & boxes["north"].gt(view.south)
    )
    return shapes[is_near], view


def places_chart(
    answer: PlacesAnswer,
    shapes: pd.DataFrame,
    shading: str,
    *,
    source: str,
    view: Box | None = None,
    height: int = HEIGHT,
) -> Chart:
    """Draw the places that are in the boundaries.

    Args:
        answer: Of `dashboard.analysis.places`.
        shapes: area_code, area_name, rings, of the boundaries.
        shading: One of `shadings`.
        source: The line of `dashboard.words.sources`.
        view: What of the map is in sight; None for all of it.
        height: In pixels.
    """
    shown = _shown(answer, shapes, shading)
    known = shown["value"].notna().sum()
    return area_map(
        shown,
        caption=Caption(
            title=_finding(shown, answer, shading),
            subtitle=f"{SHADINGS[shading]}, {answer.title}, {answer.period}"
            + (f" on {answer.previous_period}" if shading in (PERCENT, CHANGE) else "")
            + f"; {known} of {len(shown)} areas have a figure",
            source=source,
            illustrative=answer.illustrative,
        ),
        measure=SHADINGS[shading],
        unit=_UNITS[shading],
        own=answer.own,
        view=view,
        height=height,
    )


def places_download(answer: PlacesAnswer, shapes: pd.DataFrame) -> pd.DataFrame:
    """Return every figure of every place, at full precision, with its name."""
    names = shapes.drop_duplicates("area_code").set_index("area_code")["area_name"]
    figures = answer.figures
    named = figures["area_name"].where(figures["area_name"].ne(""), figures["place"].map(names))
    return figures.assign(area_name=named, counted=answer.title, period=answer.period)


def _shown(answer: PlacesAnswer, shapes: pd.DataFrame, shading: str) -> pd.DataFrame:
    figures = answer.figures.set_index("place")
    near = shapes[shapes["area_code"].isin(figures.index)]
    rows = near.merge(
        figures[["area_name", shading, "instead"]].rename(columns={shading: "value"}),
        left_on="area_code", right_index=True, suffixes=("_drawn", ""),
    )  # fmt: skip
    own_name = rows["area_name"].fillna("")
    names = own_name.where(own_name.ne(""), rows["area_name_drawn"])
    instead = rows["instead"].replace({NO_FIGURE: NO_FIGURE, "": NOT_CALCULATED})
    return rows.assign(
        area_name=names.where(names.ne(""), rows["area_code"]),
        value=rows["value"].astype(float),
        instead=instead,
    )


def places_title(answer: PlacesAnswer, shapes: pd.DataFrame, shading: str) -> str:
    """Return where most is: "Highest in Bargate (93), lowest in Bassett (4)"."""
    return capital(_ends(_shown(answer, shapes, shading), shading))


def _finding(shown: pd.DataFrame, answer: PlacesAnswer, shading: str) -> str:
    return f"{capital(answer.title)} {in_period(answer.period)}: {_ends(shown, shading)}"


def _ends(shown: pd.DataFrame, shading: str) -> str:
    known = shown.dropna(subset=["value"]).sort_values("value")
    if shading in (COUNT, RATE) and known["value"].ge(0).any():
        # Under zero it corrects an earlier period, and is not the fewest.
        known = known[known["value"].ge(0)]
    low, high = known.iloc[0], known.iloc[-1]
    unit = _UNITS[shading]
    most, least = "highest in", "lowest in"
    if shading in (PERCENT, CHANGE) and low["value"] < 0 < high["value"]:
        most, least = "rose most in", "fell most in"
    after = " per 1,000" if shading == RATE else ""
    ends = (
        f"{each['area_name']} ({number_text(each['value'], unit)}{after})" for each in (high, low)
    )
    said = f"{most} {next(ends)}"
    # Of many that are lowest alike none is named.
    return f"{said}, {least} {next(ends)}" if known["value"].eq(low["value"]).sum() == 1 else said
