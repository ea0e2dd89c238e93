"""The record of the projections as people read it."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.wording import number_text
from dashboard.exhibits.verdicts import capital

ALL = "all"
HOW_TO_READ = (
    "An interval of 80% should hold four outcomes in five, one of 95% nineteen in twenty. Fewer "
    "means that the projections were too sure, more that they were too wide. The gain is in the "
    "continuous ranked probability score, against carrying the months so far straight on to the "
    "end. Projections of one place overlap, so there is less evidence than their number suggests."
)


def record_sentence(record: pd.DataFrame) -> str:
    """Return what the record says of the method that pages use.

    Args:
        record: Of `dashboard.answers.projection_record`.
    """
    rows = record[record["is_chosen"] & record["slice"].eq(ALL) & record["period"].eq("ordinary")]
    said = [
        f"{row['data']}: {number_text(row['projections'])} projections, "
        f"{number_text(row['held_80'], 'percent')} inside the 80% interval and "
        f"{number_text(row['held_95'], 'percent')} inside the 95% interval"
        for row in rows[~rows["data"].str.contains("sample")].to_dict("records")
    ]
    return (
        "The method that pages use was held against real months it had not seen. In ordinary "
        f"years: {'; '.join(said)}. The year 2020/21 is apart."
    )


USED = " (used on the pages: the season's shape, on a level that moves)"


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


def _percent(value: float) -> str:
    return number_text(value, "percent", places=1)
