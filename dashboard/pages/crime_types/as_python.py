"""Each analysis of the page Crime types as Python that gives the same numbers in a notebook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

FOLDER = '"data"'
"""Where the code looks for the database; the reader puts the name of her own data folder."""

_START = """from pathlib import Path

{imports}
from etl.datadir import DataDir

warehouse = Warehouse(DataDir(Path({folder})))  # your data folder
view = AreaView.of(warehouse, {of})
"""


@dataclass(frozen=True)
class Slice:
    """What every analysis of the page is of.

    Attributes:
        plan: A plan id; "" for the area's own, `NO_PLAN` for none.
        area: An area code.
        as_at: The last month that counts, "2009-12".
        basis: What is compared.
        series: A series that was chosen; "" for the headline series.
    """

    plan: str
    area: str
    as_at: str
    basis: str
    series: str = ""


def types_code(cut: Slice) -> str:
    """Return code that gives the table of every type as `table`."""
    return _start(cut, "crime_types") + f"table = crime_types(view, basis={_text(cut.basis)})\n"


def contribution_code(cut: Slice, indicator: str, way: str) -> str:
    """Return code that gives what makes up a change as `answer`, its parts as `table`."""
    return _start(cut, "contribution") + _call(
        "contribution", [_text(indicator)], {"by": way, "basis": cut.basis}, ".parts"
    )


def season_code(cut: Slice, indicator: str) -> str:
    """Return code that gives an indicator's months as `answer`, year by year as `table`."""
    return _start(cut, "season") + _call("season", [_text(indicator)], {}, ".table()")


def pivot_code(
    cut: Slice, indicators: list[str], areas: list[str], axes: tuple[str, str], cells: str
) -> str:
    """Return code that gives a table of the reader's own as `answer` and `table`."""
    named = {"rows": axes[0], "columns": axes[1], "cells": cells, "areas": areas}
    return _start(cut, "pivot") + _call(
        "pivot", [_listed(indicators)], {**named, "basis": cut.basis}, ".table"
    )


def places_code(cut: Slice, indicator: str, file_name: str) -> str:
    """Return code that gives the figures of a map as `answer` and `table`."""
    start = _start(
        cut, "places", "from dashboard.intake.boundaries import boundary_files, shapes_of"
    )
    shapes = (
        f"shapes = shapes_of(boundary_files(DataDir(Path({FOLDER})))[{_text(file_name)}])\n"
        'codes = tuple(shapes["area_code"])\n'
    )
    call = _call("places", [_text(indicator), "codes"], {"basis": cut.basis}, ".figures")
    return start + shapes + call


def sql_code(question: str) -> str:
    """Return code that gives the answer to a question in SQL as `table`."""
    return (
        "from pathlib import Path\n\nfrom dashboard.store.sql_questions import ask\n"
        f"from etl.datadir import DataDir\n\nquestion = {_text(question)}\n"
        f"table = ask(DataDir(Path({FOLDER})), question).frame  # your data folder\n"
    )


def _start(cut: Slice, question: str, *more: str) -> str:
    imports = [
        f"from dashboard.analysis.{question} import {question}",
        "from dashboard.analysis.area_view import AreaView",
        *more,
        "from dashboard.store.warehouse import Warehouse",
    ]
    of = {"plan": cut.plan, "area": cut.area, "as_at": cut.as_at, "series": cut.series}
    said = ", ".join(f"{name}={_text(value)}" for name, value in of.items() if value)
    return _START.format(imports="\n".join(imports), folder=FOLDER, of=said)


def _call(name: str, first: list[str], named: Mapping[str, str | list[str]], table: str) -> str:
    said = [*first, *(f"{key}={_listed(value)}" for key, value in named.items() if value)]
    lines = "".join(f"    {each},\n" for each in ["view", *said])
    return f"answer = {name}(\n{lines})\ntable = answer{table}\n"


def _listed(value: str | list[str]) -> str:
    if isinstance(value, str):
        return _text(value)
    return f"({''.join(f'{_text(each)}, ' for each in value)})"


def _text(value: str) -> str:
    # Names come from files: they are written so that they stay texts, whatever is in them.
    return json.dumps(value)
