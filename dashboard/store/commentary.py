"""What partners wrote of an indicator in a quarter, and how far they say that actions are.

All of it is kept with its author, time and history.

Nothing is ever changed or deleted: an amendment is an entry of its own that names the one it takes
the place of. Two people who amend one entry at the same moment leave two amendments standing, both
shown, until somebody makes one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import pandas as pd
import sqlalchemy as sa

from dashboard.store.partner_records import LONGEST_NAME, RecordError, Records, check_names

HEADINGS = {"said": "We said", "did": "We did", "intend": "We intend to"}
LONGEST_BODY = 4_000
STATES = {
    "not_started": "Not started",
    "under_way": "Under way",
    "done": "Done",
    "dropped": "Dropped",
}
LONGEST_NOTE = 1_000

_METADATA = sa.MetaData()
_ENTRY = sa.Table(
    "commentary_entry",
    _METADATA,
    sa.Column("entry_id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("area_code", sa.String(40), nullable=False),
    sa.Column("indicator_id", sa.String(80), nullable=False),
    sa.Column("quarter", sa.String(20), nullable=False),
    sa.Column("heading", sa.String(10), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("author", sa.String(LONGEST_NAME), nullable=False),
    sa.Column("agency", sa.String(LONGEST_NAME), nullable=False),
    sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("replaces", sa.ForeignKey("commentary_entry.entry_id"), nullable=True),
    sa.Index("commentary_of_quarter", "area_code", "quarter", "indicator_id"),
)


@dataclass(frozen=True)
class Subject:
    """What an entry is about.

    Attributes:
        area_code: The area.
        indicator_id: The indicator.
        quarter: The quarter reviewed, as the page names it: "Q3 2009/10".
    """

    area_code: str
    indicator_id: str
    quarter: str


@dataclass(frozen=True)
class Entry:
    """What somebody writes.

    Attributes:
        heading: A key of `HEADINGS`.
        body: The text; "" withdraws the entry that it replaces.
        author: Who writes.
        agency: For whom, such as "police".
        replaces: Ids of the entries shown that this one takes the place of, if any.
    """

    heading: str
    body: str
    author: str
    agency: str = ""
    replaces: int | None = None


class Commentary(Records):
    """The entries of all partners."""

    table = _ENTRY

    def write(self, about: Subject, *entries: Entry) -> list[int]:
        """Keep entries, all of them or none.

        Args:
            about: What they are about.
            *entries: What is written.

        Returns:
            Their ids.

        Raises:
            RecordError: An entry lacks something, or they could not be kept.
        """
        for entry in entries:
            _check(entry)
        return self.add_all([asdict(about) | asdict(entry) for entry in entries])

    def current(self, about: Subject) -> pd.DataFrame:
        """Return the entries that nothing replaces, in the order they were first written.

        Args:
            about: What they are about.

        Returns:
            entry_id, heading, body, author, agency, written_at (UTC), replaces, amended (how
            often), rivals (how many others stand that amend the same first entry); withdrawn
            ones are left out.
        """
        entries = self.history(about)
        replaced = entries["replaces"].dropna()
        before = dict(zip(entries.loc[replaced.index, "entry_id"], replaced, strict=True))
        is_current = ~entries["entry_id"].isin(replaced) & entries["body"].ne("")
        current = entries[is_current].copy()
        chains = [_chain(entry, before) for entry in current["entry_id"]]
        current["amended"] = [len(chain) - 1 for chain in chains]
        current["first"] = [chain[-1] for chain in chains]
        current["rivals"] = current.groupby("first")["first"].transform("size") - 1
        return (
            current.sort_values(["first", "entry_id"]).drop(columns="first").reset_index(drop=True)
        )

    def written_on(self, area_code: str, quarter: str) -> set[str]:
        """Return the indicators of an area that anybody wrote on in a quarter."""
        return set(self.all_of(area_code=area_code, quarter=quarter)["indicator_id"])

    def history(self, about: Subject) -> pd.DataFrame:
        """Return every entry ever written about it, the first one first.

        Returns:
            entry_id, heading, body ("" for a withdrawal), author, agency, written_at, replaces.
        """
        return self.all_of(**asdict(about))


def _check(entry: Entry) -> None:
    if entry.heading not in HEADINGS:
        raise RecordError("Choose a heading.")
    check_names(entry.author, entry.agency)
    if not entry.body.strip() and entry.replaces is None:
        raise RecordError("Write something first.")
    if len(entry.body) > LONGEST_BODY:
        raise RecordError(
            f"That is longer than {LONGEST_BODY:,} characters: shorten it, or write two entries."
        )


def _chain(entry: int, before: Mapping[int, float]) -> list[int]:
    """Return an entry, the one it replaces, the one that replaced, and so on to the first."""
    chain = [entry]
    while chain[-1] in before:
        chain.append(int(before[chain[-1]]))
    return chain


_STATE = sa.Table(
    "action_state",
    _METADATA,
    sa.Column("entry_id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("plan_id", sa.String(80), nullable=False),
    sa.Column("action_id", sa.String(80), nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("author", sa.String(LONGEST_NAME), nullable=False),
    sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    sa.Index("action_state_of_plan", "plan_id", "action_id"),
)


@dataclass(frozen=True)
class State:
    """What somebody says of an action.

    Attributes:
        action_id: The action of the plan.
        state: A key of `STATES`.
        author: Who says so.
        note: Why, or what is done next; may be "".
    """

    action_id: str
    state: str
    author: str
    note: str = ""


class Progress(Records):
    """How far the actions of all plans are."""

    table = _STATE

    def write(self, plan_id: str, *states: State) -> None:
        """Keep states, all or none.

        Raises:
            RecordError: Something is lacking, or they could not be kept.
        """
        for state in states:
            if state.state not in STATES:
                raise RecordError("Choose how far the action is.")
            check_names(state.author)
            if len(state.note) > LONGEST_NOTE:
                raise RecordError(
                    f"The note is longer than {LONGEST_NOTE:,} characters: shorten it."
                )
        self.add_all({"plan_id": plan_id, **asdict(state)} for state in states)

    def latest(self, plan_id: str) -> pd.DataFrame:
        """Return what was last said of each action of a plan.

        Returns:
            entry_id, action_id, state, note, author, written_at (UTC); a row for each action
            spoken of.
        """
        return self.history(plan_id).drop_duplicates("action_id", keep="last", ignore_index=True)

    def history(self, plan_id: str) -> pd.DataFrame:
        """Return all that was ever said of the actions of a plan, the first first."""
        return self.all_of(plan_id=plan_id)
