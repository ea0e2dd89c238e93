"""Plans of a partnership's own: files to begin with, and targets that a person adds in the app."""

from __future__ import annotations

import base64
import functools
import tempfile
from pathlib import Path

import pandas as pd

from dashboard.intake.own_process import in_own_process
from etl.catalogue import load_catalogue
from etl.datadir import DataDir
from etl.own_plan_text import quoted
from etl.own_plans import PLAN, NewTarget, SavedTarget, add_target, folder_name
from etl.plan_workbook import write_plan_workbook
from etl.progress import Progress
from etl.settings import choose_own_partnership
from etl.templates import FileFormat, Kind, write_template

LOGOS = {"logo.svg": ("image/svg+xml", b"<svg"), "logo.png": ("image/png", b"\x89PNG\r\n\x1a\n")}
"""The logo of a partnership, beside its plan: its kind, and what its content begins with."""
LARGEST_LOGO = 100_000
"""Bytes: every page takes it along."""
_HEAD = 1000
"""Bytes in which a drawing begins, after what is said of it."""
_PLAN_FILE = """\
# data/plans/{folder}/plan.toml: what the partnership promises, and for whom.
title = "Partnership plan {year}"
period = "{year}"
display_order = 3                   # the third in the list of plans
area_code = {code}
area_name = {name}
document = "The name of your plan, as it is printed"

[partnership]
name = {partnership}

[[priority]]
id = "1"
title = "Fewer burglaries of homes"
indicators = ["dwelling_burglary", "all_crime"]   # in the order in which a meeting reads them
"""
_TARGETS_FILE = """\
# data/plans/{folder}/targets.toml: every target, one [[target]] each.
[[target]]
id = "dwelling_burglary_{ending}"
indicator = "dwelling_burglary"     # the name of a file in data/indicators
kind = "plan"                       # or stretch, designated, aim
goal = "relative_change"            # or value, rank, minimum_count, not_given
goal_number = -10                   # percent: 10% fewer; left out where goal is not_given
goal_stated = "10% fewer"           # as your plan has it
baseline_period = "{baseline}"        # the financial year it is measured from
due = "{due}"                  # the last day that counts
owner = ""                          # who answers for it; "" where the plan names nobody
paragraph = "1"                     # where it stands in your plan
"""
_BASELINE, _YEAR, _DUE = "2023/24", "2025/26", "2026-03-31"


def write_target(data: DataDir, new: NewTarget, progress: Progress) -> SavedTarget:
    """Write a target into a plan and publish it; see `etl.own_plans.add_target`.

    Raises:
        InputError: Something is wrong; nothing is kept then, and what was published stays.
        OSError: The files cannot be written; nothing is kept then either.
    """
    return in_own_process(add_target, data, new, progress=progress)


def plans_to_add_to(data: DataDir, plans: pd.DataFrame, area_code: str) -> dict[str, str]:
    """Return titles of the plans that are the partnership's own, by id, in order.

    Args:
        data: The data folder: plans that come with the product are not in it, unless it is theirs.
        plans: The query of that name.
        area_code: Of the partnership.
    """
    own = plans[plans["area_code"].eq(area_code) & plans["area_code"].ne("")]
    titles = dict(zip(own["plan_id"], own["title"], strict=True))
    return {
        known: title
        for known, title in titles.items()
        if (data.root / "plans" / known / PLAN).is_file()
    }


@functools.lru_cache(maxsize=8)
def template_file(kind: Kind, file_format: FileFormat) -> bytes:
    """Return an empty template as `safecity template` writes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"template.{file_format}"
        write_template(path, kind, file_format)
        return path.read_bytes()


def plan_workbook(data: DataDir, plan: str = "") -> bytes:
    """Return a plan as a workbook; the empty template without one.

    Args:
        data: The data folder.
        plan: A plan id.
    """
    catalogue = load_catalogue(data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        write_plan_workbook(path, catalogue, catalogue.plans[plan] if plan else None)
        return path.read_bytes()


def logo_of(data: DataDir, plan: str) -> str:
    """Return the logo beside a plan as the address of an image; "" where there is none to show.

    Shown as an image, a drawing runs nothing and asks nothing of the network.

    Args:
        data: The data folder.
        plan: A plan id, as the database has it.
    """
    for name, (kind, begins) in LOGOS.items():
        for path in data.files("plans", f"{plan}/{name}"):
            content = path.read_bytes() if path.stat().st_size <= LARGEST_LOGO else b""
            if begins in content[:_HEAD]:
                return f"data:{kind};base64,{base64.b64encode(content).decode()}"
    return ""


def plan_folder(area_name: str) -> str:
    """Return the name of a plan's folder: "southampton_2025_26"."""
    return folder_name(area_name, _YEAR)


def plan_files(area_code: str, area_name: str) -> dict[str, str]:
    """Return the two files of a plan with one priority and one target, by name.

    Args:
        area_code: Of the partnership.
        area_name: Its name.
    """
    words = {
        "folder": plan_folder(area_name),
        "year": _YEAR,
        "ending": _YEAR.replace("/", "_"),
        "baseline": _BASELINE,
        "due": _DUE,
        "code": quoted(area_code),
        "name": quoted(area_name),
        "partnership": quoted(f"{area_name} Community Safety Partnership"),
    }
    return {
        "plan.toml": _PLAN_FILE.format(**words),
        "targets.toml": _TARGETS_FILE.format(**words),
    }


__all__ = ["NewTarget", "SavedTarget", "choose_own_partnership", "plans_to_add_to", "write_target"]
