"""The agenda of a quarter: the exceptions, what was carried forward, added and taken off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.store.agenda import CLOSED, OFF, OPEN, AgendaEntry, is_before

TO_DECIDE, DECIDED, DONE = "to decide", "decided", "closed"


@dataclass(frozen=True)
class Item:
    """An item of the agenda.

    Attributes:
        number: From 1.
        title: What it is called.
        is_indicator: Whether it is about an indicator of the review.
        latest: What is kept of it; an entry without author where nothing is written yet.
        since: The quarter that it was first on an agenda and not closed since.
        is_carried: Whether that was an earlier quarter.
    """

    number: int
    title: str
    is_indicator: bool
    latest: AgendaEntry
    since: str
    is_carried: bool

    @property
    def subject(self) -> str:
        """The indicator it is about, or its own words."""
        return self.latest.subject

    @property
    def stage(self) -> str:
        """How far it is, in a word or two."""
        if self.latest.state == CLOSED:
            return DONE
        return DECIDED if self.latest.taken else TO_DECIDE


def agenda_of(
    quarter: str,
    exceptions: Sequence[str],
    entries: Sequence[AgendaEntry],
    titles: Mapping[str, str],
) -> list[Item]:
    """Return the agenda of a quarter, in order.

    It is made of the exceptions, of what earlier quarters left open, and of what was added; an item
    that was taken off is not on it. An exception that an earlier quarter closed begins anew.

    Args:
        quarter: Of the meeting: "Q3 2009/10".
        exceptions: Indicators that need attention, the most pressing first.
        entries: Of `Agendas.of_area`; those of later quarters are left out.
        titles: Names of indicators, by id.
    """
    known = [each for each in entries if not is_before(quarter, each.quarter)]
    of_each: dict[str, list[AgendaEntry]] = {}
    for entry in known:
        of_each.setdefault(entry.subject, []).append(entry)
    open_runs = {subject: _run(quarter, written) for subject, written in of_each.items()}
    listed = [each for each in exceptions if not _is_off(quarter, of_each.get(each, []))]
    listed += [subject for subject, run in open_runs.items() if run and subject not in listed]
    for entry in known:
        if entry.quarter == quarter and entry.place and entry.subject in listed:
            listed.remove(entry.subject)
            listed.insert(entry.place - 1, entry.subject)
    return [
        _item(number, quarter, subject, open_runs.get(subject, []), of_each, titles)
        for number, subject in enumerate(listed, start=1)
    ]


def _run(quarter: str, written: Sequence[AgendaEntry]) -> list[AgendaEntry]:
    """Return the entries of an item since it was last begun; none where it is not on the agenda."""
    run: list[AgendaEntry] = []
    for entry in written:
        if run and run[-1].state == CLOSED and run[-1].quarter != entry.quarter:
            run = []
        run = [] if entry.state == OFF else [*run, entry]
    is_over = bool(run) and run[-1].state == CLOSED and run[-1].quarter != quarter
    return [] if is_over else run


def _is_off(quarter: str, written: Sequence[AgendaEntry]) -> bool:
    return bool(written) and (written[-1].quarter, written[-1].state) == (quarter, OFF)


def _item(
    number: int,
    quarter: str,
    subject: str,
    run: Sequence[AgendaEntry],
    of_each: Mapping[str, Sequence[AgendaEntry]],
    titles: Mapping[str, str],
) -> Item:
    last = next(reversed(of_each.get(subject, [])), None)
    blank = AgendaEntry(quarter, subject, "", OPEN, entry_id=last.entry_id if last else 0)
    since = run[0].quarter if run else quarter
    return Item(
        number=number,
        title=titles.get(subject, subject),
        is_indicator=subject in titles,
        latest=run[-1] if run else blank,
        since=since,
        is_carried=is_before(since, quarter),
    )
