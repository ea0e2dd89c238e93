"""What a file that no source recognises looks most like, by its columns, and what it lacks."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from etl.observation import measure_name
from etl.problems import InputError, Problem
from etl.sources import Source
from etl.sources._csv import beginning, first_rows
from etl.sources._workbook import is_workbook, read_sheets

#: How alike a heading must be to be taken for a column that is called otherwise.
ALIKE = 0.7
#: Headings that are looked at, and characters of each.
_MOST_HEADINGS, _MOST_CHARACTERS = 100, 60
_SEPARATORS = ",;\t|"
#: Words of headings that results of a survey have.
_OF_SURVEYS = re.compile("percent|question|respondent|survey|^base$")
_SURVEY, _FIGURES = "survey", "figures"
#: What people call the columns of the templates.
_ALSO_CALLED = {
    "area_code": ("code", "area", "csp_code", "la_code", "partnership"),
    "measure_code": ("measure", "indicator", "offence", "crime_type"),
    "period": ("month", "date", "quarter", "year", "wave"),
    "value": ("amount", "count", "number", "figure", "n", "total", "offences"),
    "question": ("indicator", "measure"),
    "percentage": ("percent", "value", "result"),
    "base": ("n", "sample", "sample_size", "respondents"),
}


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How much a header is like that of a source's CSV.

    Attributes:
        source: The source.
        missing: Its columns that the header has not, each with the heading that is most alike or
            "".
        share: Of its columns, how many the header has; one that is only alike counts half.
    """

    source: Source
    missing: dict[str, str]
    share: float

    def missing_in_words(self) -> str:
        """Return the columns that are missing: "period, value (perhaps “Amount”)"."""
        return ", ".join(
            f"{column} (perhaps “{heading}”)" if heading else column
            for column, heading in self.missing.items()
        )


def unrecognised(path: Path, sources: Iterable[Source]) -> InputError:
    """Return the error for a file or folder that no source recognises.

    Args:
        path: The file.
        sources: Every source.
    """
    sources = list(sources)
    header = _header(path, sources)
    likest = max(
        (_likeness(header, each) for each in sources if each.csv_columns),
        key=lambda each: each.share,
    )
    rule, missing, published = "no source recognises the content of this file", "", ""
    if likest.share:
        rule += f"; it looks most like {likest.source.title}"
        missing = likest.missing_in_words()
        published = likest.source.landing_page
    of_survey = any(_OF_SURVEYS.search(_plain(heading)) for heading in header)
    kind = _SURVEY if of_survey else _FIGURES
    what_to_do = f"fill in the template: safecity template {kind}, or the page Getting started"
    if published:
        what_to_do = f"take the whole file from {published}, or {what_to_do}"
    more = _more(header, likest, sources)
    return InputError([Problem(path.name, 0, missing, "", rule, what_to_do, more)])


def _header(path: Path, sources: list[Source]) -> list[str]:
    """Return the first row that is most like a source's, of a CSV or workbook; [] for none."""
    if path.is_dir():
        return []
    if is_workbook(path):
        tops = read_sheets(path, first_rows=1)
        rows = [cells.iloc[0].tolist() for cells in (top.cells for top in tops) if len(cells)]
    else:
        start = beginning(path)
        rows = [_first_row(start, separator) for separator in _SEPARATORS]
    known = {_plain(column) for source in sources for column in source.csv_columns}
    named = [[cell.strip()[:_MOST_CHARACTERS] for cell in row[:_MOST_HEADINGS]] for row in rows]
    return max(named, key=lambda row: (len(known & {*map(_plain, row)}), len(row)), default=[])


def _first_row(start: bytes, separator: str) -> list[str]:
    rows = first_rows(start, separator)
    return next((row for row in rows if any(cell.strip() for cell in row)), [])


def _plain(heading: str) -> str:
    """Return a heading as a name in which every number of so many digits is the same."""
    return re.sub("[0-9]", "0", measure_name(heading))


def _likeness(header: list[str], source: Source) -> _Likeness:
    by_name = {_plain(heading): heading for heading in header if heading}
    wanted = [column for column in source.csv_columns if _plain(column) not in by_name]
    others = [name for name in by_name if name not in {*map(_plain, source.csv_columns)}]
    missing = {}
    for column in wanted:
        called = [name for name in _ALSO_CALLED.get(column, ()) if name in others]
        near = called or difflib.get_close_matches(_plain(column), others, n=1, cutoff=ALIKE)
        missing[column] = by_name[near[0]] if near else ""
    alike = sum(bool(heading) for heading in missing.values())
    there = len(source.csv_columns) - len(wanted)
    return _Likeness(source, missing, (there + alike / 2) / len(source.csv_columns))


def _more(header: list[str], likest: _Likeness, sources: list[Source]) -> str:
    """Return what else can be said, a paragraph a line."""
    lines = [f"Columns of the file: {', '.join(filter(None, header)) or 'none that can be read'}."]
    if likest.share:
        lines.append(f"Columns of such a file: {', '.join(likest.source.csv_columns)}.")
    lines.append(
        "A publisher's file that is refused may be cut short, or its layout may have changed: "
        "download it again."
    )
    return "\n".join([*lines, "Safe City reads:", *(f"- {each.title}" for each in sources)])
