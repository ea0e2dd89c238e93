"""Writes the table of the verdict into docs/methods.md: `python -m tools.status_table`."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from dashboard.metrics.status_table import PARTS, RULES, STATES, Combination, rule_for
from dashboard.words.verdict import rule_in_words

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "methods.md"
BEGIN = "<!-- the table of the verdict: python -m tools.status_table -->"
END = "<!-- end of the table of the verdict -->"


def combinations() -> list[Combination]:
    """Return every combination of the five parts."""
    return list(product(*STATES))


def markdown() -> str:
    """Return the table of the documentation: the rules in order, with what each is left."""
    lines = [
        "| | path | projection | significance | notes | coverage | verdict | because | of "
        f"{len(combinations()):,} |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    left = [rule_for(each) for each in combinations()]
    for number, rule in enumerate(RULES, start=1):
        cells = [" or ".join(getattr(rule, part)) or "any" for part in PARTS]
        row = [str(number), *cells, f"**{rule.word}**", rule_in_words(rule), str(left.count(rule))]
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def with_table(text: str) -> str:
    """Return a document with the table in its place.

    Args:
        text: The document, with both marks in it.

    Raises:
        ValueError: A mark is missing.
    """
    before, found, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError("the marks of the table are not in the document")
    return f"{before}{BEGIN}\n\n{markdown()}\n\n{END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(with_table(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
