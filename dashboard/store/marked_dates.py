"""Dates that people mark on a series, such as an operation: kept for good, and retired, not erased.

Like what partners write, nothing is changed or deleted: a mark that is retired is followed by an
entry that names it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date

import sqlalchemy as sa

from dashboard.store.partner_records import LONGEST_NAME, RecordError, Records, check_names

LONGEST_TITLE, LONGEST_REASON = 40, 300

_MARK = sa.Table(
    "marked_date",
    sa.MetaData(),
    sa.Column("entry_id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("area_code", sa.String(40), nullable=False),
    sa.Column("indicator_id", sa.String(80), nullable=False),
    sa.Column("begins", sa.Date, nullable=False),
    sa.Column("ends", sa.Date, nullable=False),
    sa.Column("title", sa.String(LONGEST_TITLE), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("author", sa.String(LONGEST_NAME), nullable=False),
    sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("retires", sa.ForeignKey("marked_date.entry_id"), nullable=True),
    sa.Index("marked_date_of_series", "area_code", "indicator_id"),
)


@dataclass(frozen=True)
class MarkedDate:
    """A day or a range of days that a person marked.

    Attributes:
        begins: The first day.
        ends: The last; the same for a single day.
        title: What stands on the chart: "ASB summer operation".
        reason: Why it matters to whoever reads the chart.
        author: Who marked it.
        entry_id: Its number once it is kept.
    """

    begins: date
    ends: date
    title: str
    reason: str
    author: str
    entry_id: int = 0


class MarkedDates(Records):
    """The dates marked on the series of all areas."""

    table = _MARK

    def mark(self, area: str, indicator: str, marked: MarkedDate) -> int:
        """Keep a mark on the series of an indicator in an area.

        Returns:
            Its number.

        Raises:
            RecordError: It lacks something, ends before it begins, or could not be kept.
        """
        for text, longest, what in (
            (marked.title, LONGEST_TITLE, "name"),
            (marked.reason, LONGEST_REASON, "reason"),
        ):
            if not text.strip():
                raise RecordError(f"Give a {what}: it is shown with the date.")
            if len(text) > longest:
                raise RecordError(f"A {what} is at most {longest} characters: shorten it.")
        if marked.ends < marked.begins:
            raise RecordError("The last day is before the first: give it again.")
        check_names(marked.author)
        return self._keep(area, indicator, marked)

    def retire(self, area: str, indicator: str, marked: MarkedDate, *, author: str) -> None:
        """Take a mark off the charts; the mark itself is kept.

        Raises:
            RecordError: There is no name, or it could not be kept.
        """
        check_names(author)
        self._keep(area, indicator, replace(marked, author=author), retires=marked.entry_id)

    def current(self, area: str, indicator: str) -> list[MarkedDate]:
        """Return the marks that nobody retired, the earliest date first."""
        every = self.all_of(area_code=area, indicator_id=indicator)
        retired = set(every["retires"].dropna())
        standing = every[every["retires"].isna() & ~every["entry_id"].isin(retired)]
        columns = ["begins", "ends", "title", "reason", "author", "entry_id"]
        found = [MarkedDate(**row) for row in standing[columns].to_dict("records")]
        return sorted(found, key=lambda each: (each.begins, each.entry_id))

    def _keep(
        self, area: str, indicator: str, marked: MarkedDate, retires: int | None = None
    ) -> int:
        row = asdict(marked) | {"retires": retires}
        del row["entry_id"]
        return self.add(area_code=area, indicator_id=indicator, **row)
