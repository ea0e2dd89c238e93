"""The record of the projections as people read it."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.rows import records_of
from dashboard.charts.wording import number_text
from dashboard.metrics.rounding import round_half_up
from dashboard.words.levels import capital, joined

ALL = "all"
HOW_TO_READ = (
    "An interval of 80% should hold four outcomes in five, one of 95% nineteen in twenty. Fewer "
    "means that the projections were too sure, more that they were too wide. The gain is in the "
    "continuous ranked probability score, against carrying the months so far straight on to the "
    "end. Projections of one place overlap, so there is less evidence than their number suggests."
)


def record_title(record: pd.DataFrame) -> str:
    """Return the finding: "Of every 100 projections, 81 to 85 ended inside their 80% interval"."""
    held = record_of_pages(record)["held_80"].map(round_half_up)
    low, high = (number_text(end) for end in (held.min(), held.max()))
    many = low if low == high else f"{low} to {high}"
    return f"Of every 100 projections, {many} ended inside their 80% interval; 80 would be exact"


def record_sentence(record: pd.DataFrame) -> str:
    """Return what the record says of the method that pages use, in plain words.

    Args:
        record: Of `dashboard.analysis.projection_record`.
    """
    counted = [
        f"{row.data}, {_of_100(row.held_80)} inside the 80% interval and "
        f"{_of_100(row.held_95)} inside the 95% interval ({number_text(row.projections)} "
        "projections)"
        for row in records_of(record_of_pages(record))
    ]
    of_2020 = list(records_of(record_of_pages(record, "2020/21")))
    held_then = [f"{_of_100(row.held_80)} in {row.data}" for row in of_2020]
    said = (
        "The pages give each projection with an interval of 80%, which should hold what really "
        "came four times in five. Their method was tried on real figures whose outcome it had not "
        f"seen. Of every 100 projections so many held: {'; '.join(counted)}."
    )
    if not of_2020:
        return said
    return f"{said} 2020/21 is counted apart: inside the 80% interval {joined(held_then)}."


def record_of_pages(record: pd.DataFrame, period: str = "ordinary") -> pd.DataFrame:
    """Return the rows of the method that pages use: all its projections of a kind of year."""
    is_whole = record["slice"].eq(ALL) & ~record["data"].str.contains("sample")
    return record[record["is_chosen"] & is_whole & record["period"].eq(period)]


def _of_100(percent: float) -> str:
    return number_text(round_half_up(percent))


USED = " (used on the pages: a share of what all areas count, on a level that moves)"


def slices_to_choose(record: pd.DataFrame) -> dict[str, str]:
    """Return the parts of the record by id: all, by months ahead, by size."""
    names = {str(name): capital(str(name)) for name in record["slice"].unique()}
    return names | {ALL: "All projections"}


def record_table(record: pd.DataFrame, part: str) -> pd.DataFrame:
    """Return one part of the record as texts, the method that pages use first in each place."""
    rows = record[record["slice"].eq(part)].sort_values(
        ["period", "data", "is_chosen"], ascending=[False, True, False], kind="stable"
    )
    return pd.DataFrame(
        {
            "Method": rows["method"].map(capital) + rows["is_chosen"].map({True: USED}).fillna(""),
            "Figures": rows["data"] + rows["period"].map({"2020/21": ", 2020/21"}).fillna(""),
            "Projections": rows["projections"].map(number_text),
            "Held by 80%": rows["held_80"].map(_percent),
            "Held by 95%": rows["held_95"].map(_percent),
            "Better than straight on": rows["skill_bare"].map(_percent),
        }
    )


def by_figures(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return a table of `record_table` in parts, by the figures that the methods were tried on."""
    return {
        str(name): part.drop(columns="Figures")
        for name, part in table.groupby("Figures", sort=False)
    }


def _percent(value: float) -> str:
    return number_text(value, "percent", places=1)
