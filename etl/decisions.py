"""What people decide: files of one line a decision, which are only ever added to."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from etl.periods import AmbiguousPeriodError, Period, parse_period
from etl.problems import InputError, Problem

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True)
class DecisionsFile:
    """A CSV file whose columns are the fields of a decision.

    Attributes:
        path: The file; may not be there.
        kind: The dataclass of a decision, all of its fields text; two are `period` and `decision`.
        noun: What a decision is called: "ruling".
        command: The command that records one.
        decisions: What can be decided.
        period_kinds: Kinds of period that it can be about.
        period_rule: What is wrong with a period of another kind.
        period_advice: How to write one.
    """

    path: Path
    kind: type[DataclassInstance]
    noun: str
    command: str
    decisions: tuple[str, ...]
    period_kinds: tuple[str, ...]
    period_rule: str
    period_advice: str

    @property
    def columns(self) -> list[str]:
        """The first line of the file."""
        return [field.name for field in fields(self.kind)]

    def period_of(self, text: str) -> Period:
        """Read the period of a decision: "2009-10" is October 2009, not the financial year.

        Raises:
            ValueError: The text is no such period, or can be read as two of them.
        """
        try:
            period = parse_period(text)
        except AmbiguousPeriodError as error:
            months = [each for each in error.readings if each.kind == "month"]
            if len(months) != 1:
                raise
            period = months[0]
        if period.kind not in self.period_kinds:
            raise ValueError(self.period_rule.format(text=text))
        return period

    def decide(self, period: str, reason: str) -> tuple[str, Period, str]:
        """Return when a decision is taken, the period that it is about, and its reason.

        Raises:
            InputError: The period is none of the right kind, or no reason is given.
        """
        if not reason.strip():
            rule = f"a {self.noun} needs a reason"
            raise InputError.of(self.path.name, rule, "say why, with --reason")
        try:
            found = self.period_of(period)
        except ValueError as error:
            advice = self.period_advice
            raise InputError.of(self.path.name, str(error), advice, value=period) from None
        return datetime.now().astimezone().isoformat(timespec="seconds"), found, reason.strip()

    def add(self, decisions: Iterable[DataclassInstance]) -> None:
        """Add decisions at the end; the next build reads them."""
        is_new = not self.path.is_file()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, self.columns, lineterminator="\n")
            if is_new:
                writer.writeheader()
            writer.writerows(asdict(decision) for decision in decisions)

    def read(self) -> list[tuple[dict[str, object], Period]]:
        """Return every decision with its period, in the order in which they were taken.

        Returns:
            For each the fields of its dataclass, and its line as `position`.

        Raises:
            InputError: The file was edited, and its first line is not the one that the command
                wrote, or a line is no decision.
        """
        found: list[tuple[dict[str, object], Period]] = []
        problems: list[Problem] = []
        for line, decided in self._lines():
            try:
                period = self.period_of(decided["period"])
            except ValueError as error:
                problems.append(self._problem(line, "period", decided["period"], str(error)))
                continue
            if decided["decision"] not in self.decisions:
                rule = f"a decision is one of {', '.join(self.decisions)}"
                problems.append(self._problem(line, "decision", decided["decision"], rule))
            found.append(({**decided, "position": line}, period))
        if problems:
            raise InputError(problems)
        return found

    def check_known(self, what: str, given: str, known: Iterable[str], otherwise: str) -> None:
        """Refuse a name that is not known, naming what comes nearest.

        Raises:
            InputError: It is not known; the advice is `otherwise` where nothing comes near.
        """
        names = sorted(known)
        if given in names:
            return
        near = difflib.get_close_matches(given, names, n=1)
        advice = f"did you mean {near[0]}?" if near else otherwise
        rule = f"there is no such {what}"
        raise InputError([Problem(self.path.name, 0, what, given, rule, advice)])

    def _lines(self) -> list[tuple[int, dict[str, str]]]:
        if not self.path.is_file():
            return []
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames != self.columns:
                raise InputError.of(
                    self.path.name,
                    f"the first line is not {','.join(self.columns)}",
                    f"put it back: {self.noun}s are recorded by {self.command}, and the file only "
                    "added to",
                )
            return [
                (reader.line_num, {name: row[name] or "" for name in self.columns})
                for row in reader
            ]

    def _problem(self, line: int, column: str, value: str, rule: str) -> Problem:
        advice = "mend the line, or decide again"
        return Problem(self.path.name, line, column, value, rule, advice)
