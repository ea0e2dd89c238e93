"""How commands speak: text for people, JSON for scripts, problems in full."""

from __future__ import annotations

import csv
import getpass
import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from etl.problems import Problem

if TYPE_CHECKING:
    from etl.progress import Progress as Report


class Speaker:
    """Writes what a command has to say, in the manner that the user chose."""

    def __init__(self, *, as_json: bool, quiet: bool) -> None:
        """Choose the manner.

        Args:
            as_json: One JSON document on standard output and nothing else.
            quiet: Only errors.
        """
        self.as_json = as_json
        self.quiet = quiet
        self._err = Console(stderr=True)
        self._out = Console()

    def say(self, text: str) -> None:
        """Write a line for people, unless quiet or JSON was asked for."""
        if not (self.quiet or self.as_json):
            self._out.print(text, highlight=False, soft_wrap=True, markup=False)

    def result(self, content: object) -> None:
        """Write the JSON document that scripts read, if they asked for it."""
        if self.as_json:
            sys.stdout.write(json.dumps(content, indent=2, default=str) + "\n")

    def table(self, title: str, columns: list[str], rows: list[list[str]]) -> None:
        """Write a table for people."""
        if self.quiet or self.as_json:
            return
        table = Table(*columns, title=title, title_justify="left")
        for row in rows:
            table.add_row(*(escape(cell) for cell in row))
        self._out.print(table)

    def problems(
        self, problems: tuple[Problem, ...], report: Path | None = None, *, more: bool = False
    ) -> None:
        """Write every problem to standard error, and to a CSV when a path is given.

        Args:
            problems: The problems.
            report: The CSV.
            more: Whether to say all that can be said of a file that is not recognised.
        """
        for line in (line for problem in problems for line in _lines(problem, more)):
            self._err.print(line, highlight=False, markup=False, soft_wrap=True)
        count = len(problems)
        if not any(problem.more for problem in problems):
            self._err.print(f"{count} problem{'' if count == 1 else 's'} found.", highlight=False)
        if self.as_json:
            self.result({"problems": [problem.to_dict() for problem in problems]})
        if report is not None:
            write_problems(report, problems)
            self._err.print(f"They are listed in {report}", highlight=False)

    @contextmanager
    def progress(self) -> Generator[Report]:
        """Show a progress bar on standard error while the work goes on."""
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=self._err,
            transient=True,
            disable=self.quiet or self.as_json,
        )
        with bar:
            task = bar.add_task("Starting", total=1.0)
            yield lambda step, share: bar.update(
                task, description=escape(str(step)), completed=share
            )


def _lines(problem: Problem, more: bool) -> tuple[str, ...]:
    if not problem.more:
        return problem.lines()
    *first, last = problem.lines()
    return (*first, last, problem.more) if more else (*first, f"{last}. More: --more")


def whoami() -> str:
    """Return the name that the user is logged in by."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def write_problems(path: Path, problems: tuple[Problem, ...]) -> None:
    """Write problems as a CSV that a spreadsheet opens without running anything.

    Args:
        path: The CSV.
        problems: At least one.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(problems[0].to_dict()))
        writer.writeheader()
        for problem in problems:
            writer.writerow({name: _inert(value) for name, value in problem.to_dict().items()})


def _inert(value: str | int) -> str | int:
    """Return text that a spreadsheet does not take for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value
