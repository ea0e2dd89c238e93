"""Writes the table of the verdict into docs/methods.md: `python -m tools.status_table`."""

from __future__ import annotations

from pathlib import Path

from dashboard.metrics.status_table import markdown

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "methods.md"
BEGIN = "<!-- the table of the verdict: python -m tools.status_table -->"
END = "<!-- end of the table of the verdict -->"


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
