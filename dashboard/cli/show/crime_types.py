"""Crime types, down to single offences."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.analysis.crime_types import crime_types as types_answer
from dashboard.analysis.picture import Picture, UnknownChoiceError
from dashboard.cli.show._command import shown
from dashboard.cli.show._options import AreaOption, AsAtOption, PlanOption
from dashboard.cli.show.contribution import BasisOption
from dashboard.store.warehouse import Warehouse


@shown
def crime_types(
    warehouse: Warehouse,
    types: Annotated[
        str, typer.Option("--types", help="Ids with commas: offence_28g; all if left out.")
    ] = "",
    as_at: AsAtOption = "",
    basis: BasisOption = "ytd",
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """Every crime type that is counted, offences too, as a tree: count, change and rate."""
    picture = Picture.of(warehouse, plan, area)
    table = types_answer(picture, as_at or picture.latest_month(), basis)
    asked = [each.strip() for each in types.split(",") if each.strip()]
    for unknown in set(asked) - set(table["indicator_id"]):
        raise UnknownChoiceError("crime type", unknown, table["indicator_id"])
    return table[table["indicator_id"].isin(asked)] if asked else table
