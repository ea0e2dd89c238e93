"""A survey's percentages in the members of a group, by how many answered."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.comparison import Comparison
from dashboard.analysis.groups import Group, group_for
from dashboard.analysis.members import series_of_areas
from dashboard.analysis.rows import SeriesPoint, rows_of
from dashboard.analysis.survey_waves import design_effect_of, latest_wave, wave_of
from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.periods import Window
from dashboard.metrics.window_rows import SURVEY_WAVE


def answers_compared(
    view: AreaView,
    indicator: str,
    group: str = "",
    edition: str = "",
    areas: pd.DataFrame | None = None,
) -> Comparison:
    """Return the latest wave of a percentage in the members of a group, as counts of answers.

    Args:
        view: Of the area.
        indicator: A percentage.
        group: See `dashboard.analysis.groups.group_for`.
        edition: Of the group; "" for its newest.
        areas: area_code, area_name of others to take than the group's members.

    Returns:
        Its members' count is of those who said so and the denominator of those who answered, both
        of the simple random sample that would be as precise (Kish 1965); NaN in areas without such
        a wave in that year, or without its base.

    Raises:
        NoFiguresError: The area has no wave whose base is known, or no group.
    """
    about = view.indicator(indicator)
    view, month = view.own_period(indicator)
    own = latest_wave(view, indicator, month)
    if own is None or own.effective is None:
        raise NoFiguresError(
            f"no survey of {about.title} in {view.area_name} says how many answered"
        )
    chosen = group_for(view, group, edition, month, indicator)
    if areas is not None:
        chosen = Group(chosen.kind, chosen.name, chosen.edition, chosen.source, areas)
    names = chosen.members[["area_code", "area_name"]]
    series = series_of_areas(view, indicator, names["area_code"].tolist())
    start = own.month.to_timestamp()
    waves = series[
        series["period_kind"].eq(SURVEY_WAVE)
        & pd.to_datetime(series["period_start"]).eq(start)
        & series["value"].notna()
    ]
    effect = design_effect_of(about)
    found = {
        str(code): wave_of(point, float(point.value or 0.0), effect)
        for code, point in zip(waves["area_code"], rows_of(waves, SeriesPoint), strict=True)
    }
    asked = names["area_code"].map(
        {code: np.nan if each.effective is None else each.effective for code, each in found.items()}
    )
    share = names["area_code"].map({code: each.value / PER_CENT for code, each in found.items()})
    members = names.assign(count=asked * share, denominator=asked).astype(
        {"count": float, "denominator": float}
    )
    window = Window(own.month, own.month)
    return Comparison(view, about, month, "", window, window, chosen, series, members, None)
