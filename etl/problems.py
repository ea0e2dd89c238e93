"""What is wrong with an input, said so that the reader can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

#: Of lines that all have the same wrong with them so many are named.
_LINES_NAMED = 5


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with one place of one input.

    Attributes:
        file: Name of the file, as the user gave it.
        line: Line (row of a sheet) counted from 1, or 0 when the whole file is meant.
        column: Column heading or field name, or "" when the whole line is meant.
        value: What stands there, as text.
        rule: The rule that it breaks.
        what_to_do: What the user does next.
        more: What else can be said to those who ask; of a file as a whole, whose `column` then
            names the columns that it lacks.
    """

    file: str
    line: int
    column: str
    value: str
    rule: str
    what_to_do: str
    more: str = ""

    @classmethod
    def of_lines(
        cls, file: str, lines: Sequence[int], column: str, value: str, rule: str, what_to_do: str
    ) -> Problem:
        """Return one problem for all lines that have the same; it says how many, and the first.

        Args:
            file: As the user gave it.
            lines: At least one.
            column: Column heading.
            value: What stands in each.
            rule: The rule that it breaks.
            what_to_do: What the user does next.
        """
        first = sorted(int(line) for line in lines)
        if len(first) > 1:
            named = ", ".join(str(line) for line in first[:_LINES_NAMED])
            more = " and more" if len(first) > _LINES_NAMED else ""
            rule = f"{rule} ({len(first):,} lines: {named}{more})"
        return cls(file, first[0], column, value, rule, what_to_do)

    def __str__(self) -> str:
        """Return `file : line : column : value : rule : what to do`, leaving out what is empty."""
        line = str(self.line) if self.line else ""
        parts = (self.file, line, self.column, self.value, self.rule, self.what_to_do)
        return " : ".join(part for part in parts if part)

    def lines(self) -> tuple[str, ...]:
        """Return it in one line; in at most three where there is more to say."""
        if not self.more:
            return (str(self),)
        missing = (f"Missing columns: {self.column}",) if self.column else ()
        what_to_do = f"{self.what_to_do[:1].upper()}{self.what_to_do[1:]}"
        return (f"{self.file} : {self.rule}", *missing, what_to_do)

    def to_dict(self) -> dict[str, str | int]:
        """Return the problem as a plain mapping, for JSON and CSV."""
        return asdict(self)


class InputError(Exception):
    """An input cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order of the file.

        Args:
            problems: At least one problem.
        """
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        """Return how it is made again, for another process."""
        return type(self), (self.problems,)

    @classmethod
    def of(cls, file: str, rule: str, what_to_do: str, *, value: str = "") -> InputError:
        """Return an error about a file as a whole."""
        return cls([Problem(file, 0, "", value, rule, what_to_do)])
