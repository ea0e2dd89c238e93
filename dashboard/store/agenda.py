"""The agenda of each quarter's meeting: what is asked, what was decided, who does it by when.

Nothing is changed or deleted. What is kept of an item is its latest entry, and every earlier one
stays; an entry names the one it takes the place of, and of two that name the same one the second is
refused, so that nobody overwrites what they have not seen.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from dashboard.store.partner_records import LONGEST_NAME, RecordError, Records, check_names

OPEN, CLOSED, OFF = "open", "closed", "off"
"""States of an item: to be dealt with, done with, taken off the quarter's agenda."""
LONGEST_SUBJECT, LONGEST_DECISION = 120, 2_000

_ENTRY = sa.Table(
    "agenda_entry",
    sa.MetaData(),
    sa.Column("entry_id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("area_code", sa.String(40), nullable=False),
    sa.Column("quarter", sa.String(20), nullable=False),
    sa.Column("subject", sa.String(LONGEST_SUBJECT), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("asked", sa.Text, nullable=False),
    sa.Column("taken", sa.Text, nullable=False),
    sa.Column("owner", sa.String(LONGEST_NAME), nullable=False),
    sa.Column("due", sa.Date, nullable=True),
    sa.Column("author", sa.String(LONGEST_NAME), nullable=False),
    sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("replaces", sa.Integer, nullable=False),
    sa.Index("agenda_of_area", "area_code"),
    sa.Index("agenda_once", "area_code", "quarter", "subject", "replaces", unique=True),
)


@dataclass(frozen=True)
class AgendaEntry:
    """What is written of an item of the agenda.

    Attributes:
        quarter: Of the meeting: "Q3 2009/10".
        subject: The indicator it is about, or an item in words of its own.
        author: Who writes.
        state: `OPEN`, `CLOSED` or `OFF`.
        place: Its number on the quarter's agenda, from 1; 0 leaves it where it is.
        asked: The decision that is asked for.
        taken: The decision that was taken.
        owner: Who sees to it.
        due: By when; None for no date.
        replaces: The entry that this one takes the place of; 0 for the first.
        entry_id: Its number once it is kept.
        written_at: When it was kept, in UTC.
    """

    quarter: str
    subject: str
    author: str
    state: str = OPEN
    place: int = 0
    asked: str = ""
    taken: str = ""
    owner: str = ""
    due: date | None = None
    replaces: int = 0
    entry_id: int = 0
    written_at: datetime | None = None


class Agendas(Records):
    """The agendas of all areas."""

    table = _ENTRY

    def write(self, area_code: str, entry: AgendaEntry) -> int:
        """Keep an entry.

        Returns:
            Its id.

        Raises:
            RecordError: It lacks something, another entry took that place, or it could not be kept.
        """
        if not entry.subject.strip():
            raise RecordError("Say what the item is.")
        check_names(entry.author, entry.owner)
        if len(entry.subject) > LONGEST_SUBJECT:
            raise RecordError(f"An item's name is at most {LONGEST_SUBJECT} characters.")
        if max(len(entry.asked), len(entry.taken)) > LONGEST_DECISION:
            raise RecordError(f"A decision is at most {LONGEST_DECISION:,} characters.")
        row = asdict(entry)
        del row["entry_id"], row["written_at"]
        try:
            return self.add(area_code=area_code, **row)
        except RecordError as error:
            if not isinstance(error.__cause__, IntegrityError):
                raise
            raise RecordError(
                "Somebody has changed this item since it was shown to you. Keep a copy of your "
                "text, open the item anew, and add to what they wrote."
            ) from error

    def of_area(self, area_code: str) -> list[AgendaEntry]:
        """Return every entry of an area by quarter, those of one quarter as they were written.

        Raises:
            RecordError: They could not be read.
        """
        rows = self.all_of(area_code=area_code).astype(object)
        rows = rows.where(rows.notna(), None).to_dict("records")
        found = [AgendaEntry(**{str(name): cell for name, cell in row.items()}) for row in rows]
        return sorted(found, key=lambda each: (_in_order(each.quarter), each.entry_id))


def _in_order(quarter: str) -> tuple[str, ...]:
    """Return what quarters are ordered by: the year before the quarter."""
    return tuple(reversed(quarter.split()))


def is_before(quarter: str, other: str) -> bool:
    """Return whether a quarter comes before another: "Q3 2009/10" before "Q1 2010/11"."""
    return _in_order(quarter) < _in_order(other)
