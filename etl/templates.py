"""Empty templates that people fill in: `safecity template` writes them, the sources read them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from etl.copies import check_place
from etl.observation import STATED
from etl.sources import own_figures, survey_results

Kind = Literal["figures", "survey"]
FileFormat = Literal["csv", "xlsx"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FILE_FORMATS: tuple[FileFormat, ...] = get_args(FileFormat)

GUIDE = "Guide"
#: Rows that are formatted as text, so that a spreadsheet does not turn "2009-12" into a date.
_ROWS_PREPARED = 2_000
_WIDTH, _GUIDE_WIDTHS = 18, (16, 12, 82, 24)
_AREA = (
    "Code of the area, as the Office for National Statistics publishes it: E22… or W22… of a "
    "partnership, E92000001 of England. data/reference/areas.csv lists them."
)
_PERIOD = (
    "Month: 2009-12, Dec-09, December 2009 or 12/2009. Quarter: Q3 2009/10 or Oct-Dec 2009. "
    'Financial year: 2009/10. Also "year ending 2024-12" and "wave 2009". 2009-10 alone is '
    "refused: write Oct-09 or 2009/10."
)
_STATUS = f"One of {', '.join(STATED)}. Blank: final."
_NUMBER = "Digits with a decimal point; 1,234 is accepted, 12,5 is not."


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a template.

    Attributes:
        name: The column.
        meaning: What to write.
        example: What the example row holds.
    """

    name: str
    meaning: str
    example: str


FIELDS: dict[Kind, tuple[Field, ...]] = {
    "figures": (
        Field("area_code", _AREA, "EXAMPLE E22000120"),
        Field(
            "measure_code",
            "What is counted: the code that an indicator names under measures, such as "
            "local:assaults_hospital_ed. data/indicators holds them.",
            "local:assaults_hospital_ed",
        ),
        Field("period", _PERIOD, "2009-12"),
        Field("value", f"The figure. {_NUMBER} Blank: not available, never zero.", "31"),
        Field("sample_size", "People who answered, for a survey.", ""),
        Field("lower", "Lower limit, where one was published with the figure.", ""),
        Field("upper", "Upper limit, likewise.", ""),
        Field("status", _STATUS, "final"),
    ),
    "survey": (
        Field("area_code", _AREA, "EXAMPLE E22000120"),
        Field("question", "Id of the indicator, as in data/indicators.", "ni_21"),
        Field("period", _PERIOD, "wave 2009"),
        Field("percentage", f"Percent of the answers. {_NUMBER} 25 or 25%, not 0.25.", "25"),
        Field("base", "People who answered, counted and not weighted.", "1100"),
        Field("weighted", "Whether the percentage is weighted: yes or no. Blank: no.", "yes"),
        Field(
            "design_effect",
            "How many times larger the variance is than of a simple random sample of that size; "
            "the survey's report says it. The base is divided by it. Blank: 1.",
            "1.5",
        ),
        Field("dont_know", "Percent who answered that they do not know.", "24"),
        Field("national", "The percentage of England, for comparison.", "26"),
        Field("lower", "Lower limit, where one was published with the percentage.", ""),
        Field("upper", "Upper limit, likewise.", ""),
        Field("status", _STATUS, "final"),
    ),
}
COLUMNS = {"figures": own_figures.COLUMNS, "survey": survey_results.COLUMNS}
_FIRST_LINES = {
    "figures": "Figures that the partnership counts, one figure a row.",
    "survey": "Survey results, one question, area and period a row.",
}


def write_template(path: Path, kind: Kind, file_format: FileFormat) -> None:
    """Write an empty template with its columns and an example row that the reader refuses.

    Args:
        path: Where; nothing there is overwritten.
        kind: Which template.
        file_format: A CSV, or a workbook with a second sheet that explains the columns.

    Raises:
        InputError: Something is there already, or the folder is not there.
    """
    check_place(path)
    rows = [[field.name for field in FIELDS[kind]], [field.example for field in FIELDS[kind]]]
    if file_format == "csv":
        # With its mark, so that a spreadsheet opens it as UTF-8.
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
    else:
        _write_workbook(path, kind, rows)


def _write_workbook(path: Path, kind: Kind, rows: list[list[str]]) -> None:
    title = f"Safe City: {_FIRST_LINES[kind]}"
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": title})
        bold = book.add_format({"bold": True, "num_format": "@", "text_wrap": True})
        text = book.add_format({"num_format": "@"})
        example = book.add_format({"italic": True, "num_format": "@", "font_color": "#505A5F"})
        sheet = book.add_worksheet(COLUMNS[kind].sheet)
        sheet.write_row(0, 0, rows[0], bold)
        sheet.write_row(1, 0, rows[1], example)
        sheet.freeze_panes(1, 1)
        _prepare(sheet, kind, text)
        guide = book.add_worksheet(GUIDE)
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for column, width in enumerate(_GUIDE_WIDTHS):
            guide.set_column(column, column, width)
        for line, row in enumerate(_guide(kind, title)):
            guide.write_row(line, 0, row, bold if line in (0, _GUIDE_HEADER) else wrapped)


def _prepare(sheet: Worksheet, kind: Kind, text: Format) -> None:
    """Format codes and periods as text, and offer the words that a column takes."""
    last = _ROWS_PREPARED
    for column, field in enumerate(FIELDS[kind]):
        as_text = field.name in ("area_code", "measure_code", "question", "period")
        sheet.set_column(column, column, _WIDTH, text if as_text else None)
        words: Iterable[str] = {"status": STATED, "weighted": ("yes", "no")}.get(field.name, ())
        if words:
            sheet.data_validation(1, column, last, column, {"validate": "list", "source": [*words]})


_GUIDE_HEADER = 4


def _guide(kind: Kind, title: str) -> list[list[str]]:
    required = COLUMNS[kind].required
    head = [
        [title],
        [f"Fill in the sheet {COLUMNS[kind].sheet}. Delete its example row: it is refused."],
        ["Only values: paste results of formulas as values, and merge no cells."],
        [],
        ["Column", "Needed", "What to write", "Example"],
    ]
    rows = [
        [field.name, "yes" if field.name in required else "no", field.meaning, field.example]
        for field in FIELDS[kind]
    ]
    return head + rows
