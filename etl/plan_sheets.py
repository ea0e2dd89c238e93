"""What the sheets of a plan workbook hold: one for the plan itself, one for each kind of row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from etl.catalogue.entry import Entry
from etl.catalogue.plan import (
    Action,
    DataNote,
    Effect,
    Group,
    Mark,
    Peer,
    Plan,
    Priority,
    PublishedFigure,
    Statement,
)
from etl.catalogue.target import Goal, Path, Target, TargetKind

EXAMPLE = "EXAMPLE"
"""What the first cell of an example row begins with; such a row is refused."""
BETWEEN = "; "
"""What stands between the values of a cell that holds several."""


@dataclass(frozen=True, slots=True)
class RowSheet:
    """A sheet with one entry of the plan on each row.

    Attributes:
        name: Name of the sheet.
        part: The field of `Plan` that its rows go to.
        model: What each row is; its fields are the columns.
        meaning: What belongs on the sheet, for the guide.
        example: An example row, by column.
        choices: The words that a column takes.
        catalogue_columns: Columns that name one indicator of the catalogue.
    """

    name: str
    part: str
    model: type[Entry]
    meaning: str
    example: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]]
    catalogue_columns: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the headings, in the order of the entry's fields."""
        return tuple(self.model.model_fields)


PLAN_SHEET = "Plan"
PLAN_FIELDS: dict[str, str] = {
    "id": "Name of the plan's folder. Blank: from the area's name and the period.",
    "title": "Title of the plan, such as Partnership Plan 2025/26.",
    "period": "Financial year that it is for: 2025/26.",
    "display_order": "Place in the list of plans. Blank: the last.",
    "area_code": "Code of the partnership: E22… or W22….",
    "area_name": "Name of the partnership's area.",
    "document": "The document that the plan repeats, as its title page says.",
    "document_status": "Draft or final, where the document says so.",
    "note": "Anything that a reader of the plan has to know.",
    "figure_set": "real; illustrative only for the worked example. Blank: real.",
    "partnership name": "Name of the body that answers for the plan.",
    "partnership kind": "Such as Community Safety Partnership.",
    "partnership statutory_basis": "The act that it rests on.",
    "partnership members": f'Who belongs to it, with "{BETWEEN.strip()}" between them.',
}
"""The rows of the sheet of the plan itself: the field, and what to write."""
PARTNERSHIP = "partnership "
"""What the fields of the partnership begin with there."""

ROW_SHEETS: tuple[RowSheet, ...] = (
    RowSheet(
        "Targets", "targets", Target, "What the plan promises, one target a row.",
        {
            "id": "EXAMPLE all_crime_2025_26", "indicator": "all_crime", "kind": "plan",
            "goal": "relative_change", "goal_number": "-5", "goal_stated": "5% fewer",
            "baseline_period": "2024/25", "due": "2026-03-31", "path": "straight",
            "owner": "Name of the owner", "paragraph": "Targets",
        },
        {"kind": get_args(TargetKind), "goal": get_args(Goal), "path": get_args(Path)},
        ("indicator",),
    ),
    RowSheet(
        "Actions", "actions", Action, "What partners do, one key action a row.",
        {
            "id": "EXAMPLE burglary_1", "section": "Burglary", "number": "1",
            "key_action": "Visit every burgled home within a day", "lead_agency": "Police",
            "timing": "September 2025", "indicators": "dwelling_burglary",
        },
        {},
    ),
    RowSheet(
        "Published figures", "published", PublishedFigure,
        "Figures that the document states, which are compared with the data.",
        {
            "id": "EXAMPLE p1_all_crime", "paragraph": "1", "indicator": "all_crime",
            "measure": "change of all crime", "period": "2024/25", "number": "-5",
            "unit": "percent", "stated": "fell by 5%", "mark": "exact",
        },
        {"mark": get_args(Mark)},
    ),
    RowSheet(
        "Notes", "notes", DataNote,
        "What must be known of the data, and what follows for verdicts.",
        {
            "id": "EXAMPLE recording", "paragraph": "1", "indicator": "all_crime",
            "period": "2024/25", "effect": "caution", "statement": "Recording practice changed.",
        },
        {"effect": get_args(Effect)},
        ("indicator",),
    ),
    RowSheet(
        "Peers", "peers", Peer, "The areas of the group that this one is compared with.",
        {
            "peer_group": "EXAMPLE Most Similar Group", "edition": "2025",
            "of_area_code": "E22000118", "area_code": "E22000120", "area_name": "Southampton",
        },
        {},
    ),
    RowSheet(
        "Groups", "group", Group, "Boards and working groups of the partnership.",
        {"id": "EXAMPLE pmg", "name": "Performance Management Group", "abbreviation": "PMG"},
        {},
    ),
    RowSheet(
        "Priorities", "priority", Priority,
        f'Priorities; their indicators in the order of a meeting, "{BETWEEN.strip()}" between.',
        {"id": "EXAMPLE 1", "title": "Reduce all crime", "indicators": "all_crime; robbery"},
        {},
    ),
    RowSheet("Objectives", "objective", Statement, "Objectives, in few words.", {}, {}),
    RowSheet(
        "Cross-cutting areas", "cross_cutting_area", Statement, "Cross-cutting areas.", {}, {}
    ),
)  # fmt: skip


def as_cell(value: object) -> str:
    """Return a field's value as the text of one cell; `fields_of_row` reads it back."""
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case date():
            return value.isoformat()
        case list():
            return BETWEEN.join(map(str, value))
        case dict():
            return BETWEEN.join(f"{year}={as_cell(level)}" for year, level in value.items())
        case _:
            return str(value)


def cells_of(each: Entry) -> dict[str, str]:
    """Return an entry as the cells of its row, by column."""
    return {name: as_cell(value) for name, value in each}


def fields_of_row(sheet: RowSheet, cells: Mapping[str, str]) -> dict[str, object]:
    """Return a row's cells as fields of its entry; a blank one is left at its default.

    Args:
        sheet: The sheet.
        cells: Text by column.
    """
    fields: dict[str, object] = {}
    for name, about in sheet.model.model_fields.items():
        text = cells.get(name, "")
        if not text and not about.is_required():
            continue
        default = about.get_default(call_default_factory=True)
        if isinstance(default, list):
            fields[name] = several(text)
        elif isinstance(default, dict):
            fields[name] = dict(_year_and_level(each) for each in several(text))
        else:
            # A spreadsheet writes the time of a day too.
            fields[name] = text.removesuffix(" 00:00:00") if name == "due" else text
    return fields


def several(text: str) -> list[str]:
    """Return the values of a cell that holds several."""
    return [each.strip() for each in text.split(BETWEEN.strip()) if each.strip()]


def _year_and_level(text: str) -> tuple[str, str]:
    year, _, level = text.partition("=")
    return year.strip(), level.strip()


def plan_cells(plan: Plan) -> dict[str, str]:
    """Return the sheet of the plan itself: each field's value as text."""
    own = plan.model_dump() | {
        f"{PARTNERSHIP}{name}": value for name, value in plan.partnership.model_dump().items()
    }
    return {name: as_cell(own[name]) for name in PLAN_FIELDS}
