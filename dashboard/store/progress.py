"""How far the actions of a plan are, as partners say, with author, time and history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
import sqlalchemy as sa

from dashboard.store.partner_records import LONGEST_NAME, RecordError, Store, check_names, opened
from etl.datadir import DataDir

STATES = {
    "not_started": "Not started",
    "under_way": "Under way",
    "done": "Done",
    "dropped": "Dropped",
}
LONGEST_NOTE = 1_000

_STATE = sa.Table(
    "action_state",
    sa.MetaData(),
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


class Progress:
    """The store of states. Safe to share between threads and between processes."""

    def __init__(self, data: DataDir, url: str = "") -> None:
        """Open it; see `dashboard.store.partner_records.Store`."""
        self._store = Store(_STATE, data, url)
        self.close = self._store.close

    def write(self, plan_id: str, state: State) -> int:
        """Keep a state.

        Returns:
            Its id.

        Raises:
            RecordError: Something is lacking, or it could not be kept.
        """
        if state.state not in STATES:
            raise RecordError("Choose how far the action is.")
        check_names(state.author)
        if len(state.note) > LONGEST_NOTE:
            raise RecordError(f"The note is longer than {LONGEST_NOTE:,} characters: shorten it.")
        return self._store.add(
            {
                "plan_id": plan_id,
                "action_id": state.action_id,
                "state": state.state,
                "note": state.note.strip(),
                "author": state.author.strip(),
                "written_at": datetime.now(UTC),
            }
        )

    def latest(self, plan_id: str) -> pd.DataFrame:
        """Return what was last said of each action of a plan.

        Returns:
            action_id, state, note, author, written_at (UTC); a row for each action spoken of.
        """
        return self.history(plan_id).drop_duplicates("action_id", keep="last", ignore_index=True)

    def history(self, plan_id: str) -> pd.DataFrame:
        """Return all that was ever said of the actions of a plan, the first first."""
        columns = [_STATE.c[name] for name in _READ]
        query = sa.select(*columns).where(_STATE.c.plan_id == plan_id)
        return self._store.read(query.order_by(_STATE.c.entry_id))


_READ = ["action_id", "state", "note", "author", "written_at"]


def progress_of(data: DataDir) -> Progress:
    """Return the store of a data folder, opened once for each folder and address."""
    return opened(Progress, data)
