"""A whole plan as one workbook: an empty template, a plan written to it, and one read from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.catalogue import Catalogue, Plan
from etl.catalogue.parse import entry
from etl.catalogue.references import faults_of
from etl.copies import check_place
from etl.own_plans import folder_name
from etl.plan_sheets import (
    EXAMPLE,
    PARTNERSHIP,
    PLAN_FIELDS,
    PLAN_SHEET,
    ROW_SHEETS,
    RowSheet,
    cells_of,
    fields_of_row,
    plan_cells,
    several,
)
from etl.problems import InputError, Problem
from etl.sources._workbook import Sheet, is_workbook, read_sheets, sheet_names

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_INDICATORS = "Indicators"
_SHEETS = {PLAN_SHEET, ROW_SHEETS[0].name}
"""What a plan's workbook is known by."""
_HEAD = ("field", "value", "what to write")
_ROWS_PREPARED = 500
_WIDTH, _WIDE = 18, 60
_WIDE_COLUMNS = ("key_action", "note", "outcome", "role", "stated", "statement", "text", "title")


def is_plan_workbook(path: Path) -> bool:
    """Return whether a file is a workbook with the sheets of a plan."""
    return path.is_file() and is_workbook(path) and {*sheet_names(path)} >= _SHEETS


def write_plan_workbook(path: Path, catalogue: Catalogue, plan: Plan | None = None) -> None:
    """Write a plan as a workbook, or an empty one with example rows, which the reader refuses.

    Args:
        path: Where; nothing there is overwritten.
        catalogue: Its indicators are the list to choose from.
        plan: The plan; None for the empty template.

    Raises:
        InputError: Something is there already, or the folder is not there.
    """
    import xlsxwriter  # noqa: PLC0415 (every command knows such a workbook, one writes it)

    check_place(path)
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "num_format": "@", "text_wrap": True})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        example = book.add_format({"italic": True, "num_format": "@", "font_color": "#505A5F"})
        _write_plan_sheet(book.add_worksheet(PLAN_SHEET), plan, bold, text)
        for sheet in ROW_SHEETS:
            rows = _rows_of(sheet, plan)
            drawn = book.add_worksheet(sheet.name)
            _write_rows(drawn, [dict(zip(sheet.columns, sheet.columns, strict=True))], 0, bold)
            _write_rows(drawn, rows, 1, text if plan else example)
            _prepare(drawn, sheet, len(catalogue.indicators), text)
        _write_catalogue(book.add_worksheet(_INDICATORS), catalogue, bold, text)


def _write_plan_sheet(drawn: Worksheet, plan: Plan | None, bold: Format, text: Format) -> None:
    cells = plan_cells(plan) if plan else {}
    drawn.set_column(0, 0, 28)
    drawn.set_column(1, 2, _WIDE, text)
    for row, (left, middle, right) in enumerate(
        [_HEAD, *((name, cells.get(name, ""), about) for name, about in PLAN_FIELDS.items())]
    ):
        for column, cell in enumerate((left, middle, right)):
            drawn.write_string(row, column, cell, bold if row == 0 or column == 0 else text)
    drawn.freeze_panes(1, 1)


def _rows_of(sheet: RowSheet, plan: Plan | None) -> list[dict[str, str]]:
    if plan is None:
        return [dict.fromkeys(sheet.columns, "") | dict(sheet.example)] if sheet.example else []
    return [cells_of(each) for each in getattr(plan, sheet.part)]


def _write_rows(drawn: Worksheet, rows: list[dict[str, str]], first: int, look: Format) -> None:
    for row, cells in enumerate(rows, start=first):
        for column, cell in enumerate(cells.values()):
            drawn.write_string(row, column, cell, look)


def _prepare(drawn: Worksheet, sheet: RowSheet, indicators: int, text: Format) -> None:
    """Keep cells as text, offer the words that a column takes, and keep the headings in sight."""
    lists: dict[str, Any] = {name: [*words] for name, words in sheet.choices.items()}
    lists |= dict.fromkeys(sheet.catalogue_columns, f"={_INDICATORS}!$A$2:$A${indicators + 1}")
    for column, name in enumerate(sheet.columns):
        drawn.set_column(column, column, _WIDE if name in _WIDE_COLUMNS else _WIDTH, text)
        if name in lists:
            rule = {"validate": "list", "source": lists[name], "error_type": "warning"}
            drawn.data_validation(1, column, _ROWS_PREPARED, column, rule)
    drawn.freeze_panes(1, 1)


def _write_catalogue(drawn: Worksheet, catalogue: Catalogue, bold: Format, text: Format) -> None:
    rows = [{"id": each.id, "title": each.title} for each in catalogue.indicators.values()]
    drawn.set_column(0, 1, _WIDE, text)
    _write_rows(drawn, [{"id": "id", "title": "title"}], 0, bold)
    _write_rows(drawn, rows, 1, text)


def read_plan_workbook(path: Path, catalogue: Catalogue) -> Plan:
    """Return the plan that a workbook holds.

    Args:
        path: The workbook.
        catalogue: The indicators that it may name, and the plans that are there already.

    Raises:
        InputError: Anything is wrong with it; carries every problem, with sheet, row and column.
    """
    sheets = {_sheet_name(path, sheet): sheet for sheet in read_sheets(path)}
    problems: list[Problem] = []
    plan_file = sheets[PLAN_SHEET].file
    fields, lines = _plan_fields(sheets[PLAN_SHEET], problems)
    places: dict[str, tuple[str, dict[str, int]]] = {}
    for sheet in ROW_SHEETS:
        found = sheets.get(sheet.name)
        rows = list(_rows(found, sheet, problems)) if found is not None else []
        fields[sheet.part] = [each for _, each in rows]
        if found is not None:
            lines_of_ids = {getattr(each, "id", ""): line for line, each in rows}
            places[sheet.part] = (found.file, lines_of_ids)
    _fill_in(fields, catalogue)
    plan = _checked_plan(fields, plan_file, lines, problems)
    if plan is not None:
        for fault in faults_of(plan, catalogue.indicators):
            file, lines_of_ids = places[fault.part]
            line = lines_of_ids.get(fault.entry_id, 0)
            problems.append(
                Problem(file, line, fault.field, fault.value, fault.rule, fault.what_to_do)
            )
    if problems or plan is None:
        raise InputError(problems)
    return plan


def _sheet_name(path: Path, sheet: Sheet) -> str:
    return sheet.file.removeprefix(f"{path.name}, sheet ")


def _table(sheet: Sheet) -> tuple[int, list[str], list[tuple[int, list[str]]]]:
    """Return the line of the headings, the headings, and the rows below that hold anything."""
    lines = [(int(line), list(row)) for line, *row in sheet.cells.itertuples()]
    lines = [(line, row) for line, row in lines if any(row)]
    if not lines:
        return 0, [], []
    (line, headings), *rows = lines
    return line, headings, rows


def _plan_fields(sheet: Sheet, problems: list[Problem]) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the plan's own fields, and the row of each."""
    fields: dict[str, Any] = {"partnership": {}}
    lines: dict[str, int] = {}
    for line, row in _table(sheet)[2]:
        name, value = row[0], row[1] if len(row) > 1 else ""
        if name not in PLAN_FIELDS:
            problems.append(
                Problem(sheet.file, line, _HEAD[0], name, "a plan has no such field",
                        f"use {', '.join(PLAN_FIELDS)}")
            )  # fmt: skip
            continue
        lines[name] = line
        own = name.removeprefix(PARTNERSHIP)
        if own != name:
            fields["partnership"][own] = several(value) if own == "members" else value
        elif value:
            fields[name] = value
    return fields, lines


def _fill_in(fields: dict[str, Any], catalogue: Catalogue) -> None:
    """Give the fields that may be left blank what they are then."""
    area, period = fields.get("area_name", ""), fields.get("period", "")
    last = max((plan.display_order for plan in catalogue.plans.values()), default=0)
    fields.setdefault("id", folder_name(area, period))
    fields.setdefault("display_order", last + 1)
    fields.setdefault("document", fields.get("title", ""))
    fields["partnership"].setdefault("name", "")


def _checked_plan(
    fields: Mapping[str, Any], file: str, lines: Mapping[str, int], problems: list[Problem]
) -> Plan | None:
    """Return the plan; a problem of one of its fields is given the row of that field."""
    found: list[Problem] = []
    plan = entry(Plan, fields, file=file, problems=found)
    problems += [
        Problem(file, lines.get(each.column.replace(".", " "), 0), each.column, each.value,
                each.rule, each.what_to_do)
        for each in found
    ]  # fmt: skip
    if plan is None:
        return None
    if plan.id != folder_name(plan.id, ""):
        problems.append(
            Problem(file, lines.get("id", 0), "id", plan.id, "this cannot be a folder's name",
                    "use small letters, digits and _")
        )  # fmt: skip
    return plan


def _rows(sheet: Sheet, about: RowSheet, problems: list[Problem]) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a sheet with their rows; what is wrong is added to `problems`."""
    line, headings, rows = _table(sheet)
    unknown = [name for name in headings if name and name not in about.columns]
    missing = [name for name in about.columns if name not in headings] if headings else []
    required = [name for name in missing if about.model.model_fields[name].is_required()]
    problems += [
        Problem(sheet.file, line, name, "", "the sheet has no such column",
                f"use {', '.join(about.columns)}")
        for name in unknown
    ]  # fmt: skip
    problems += [
        Problem(sheet.file, line, name, "", "this column is missing", "take the template again")
        for name in required
    ]
    if unknown or required:
        return
    for number, row in rows:
        cells = dict(zip(headings, row, strict=False))
        if row[0].startswith(EXAMPLE):
            problems.append(
                Problem(sheet.file, number, headings[0], row[0], "this is the example row",
                        "delete it or write over it")
            )  # fmt: skip
            continue
        made = entry(
            about.model,
            fields_of_row(about, cells),
            file=sheet.file,
            line=number,
            problems=problems,
        )
        if made is not None:
            yield number, made
