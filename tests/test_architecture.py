"""Data flows one way: imports go downwards, pages hold no SQL, metrics hold no I/O."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted([*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "etl").rglob("*.py")])

# What each part may import of the project, besides itself. The first that fits is the one.
MAY_IMPORT = {
    "dashboard.metrics": set(),
    # Readers' own questions run aside, in a process that knows nothing of the project.
    "dashboard.store.sql_process": set(),
    "dashboard.store": {"etl"},
    "dashboard.analysis": {"dashboard.store", "dashboard.metrics", "etl"},
    "dashboard.charts": {"dashboard.metrics"},
    # Numbers and verdicts in English, and charts with what is said of them.
    "dashboard.words": {
        "dashboard.analysis",
        "dashboard.charts",
        "dashboard.intake",
        "dashboard.metrics",
        "dashboard.store",
    },
    # Files, boundaries and targets that readers bring; it draws nothing.
    "dashboard.intake": {"dashboard.analysis", "dashboard.store", "etl"},
    "dashboard.ui": {
        "dashboard.analysis",
        "dashboard.charts",
        "dashboard.intake",
        "dashboard.metrics",
        "dashboard.store",
        "dashboard.words",
    },
    "dashboard.pages": {
        "dashboard.analysis",
        "dashboard.charts",
        "dashboard.intake",
        "dashboard.metrics",
        "dashboard.store",
        "dashboard.ui",
        "dashboard.words",
    },
    "dashboard": {"dashboard", "etl"},
    "etl": {"etl"},
}
METRICS_MAY_USE = {"numpy", "scipy", "pandas"}
IO_OR_CLOCK = re.compile(
    r"\b(open|read_csv|read_parquet|to_csv|urlopen|getenv|environ|now|today|time_ns)\("
)
SQL = re.compile(r"\bselect\b[\s\S]+?\bfrom\b", re.IGNORECASE)


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
            found.add(str(node.module))
    return found


def part_of(module: str) -> str:
    return next(part for part in MAY_IMPORT if f"{module}.".startswith(f"{part}."))


def within(module: str, parts: set[str]) -> bool:
    return any(f"{module}.".startswith(f"{part}.") for part in parts)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_only_downwards(path: Path) -> None:
    part = part_of(name_of(path))
    ours = {each for each in imports_of(path) if each.split(".")[0] in ("dashboard", "etl")}
    allowed = MAY_IMPORT[part] | {part}
    upwards = {each for each in ours if not within(each, allowed) and each != "dashboard"}
    assert not upwards


@pytest.mark.parametrize("path", sorted((ROOT / "dashboard/metrics").rglob("*.py")), ids=name_of)
def test_metrics_are_pure(path: Path) -> None:
    foreign = {each.split(".")[0] for each in imports_of(path)} - sys.stdlib_module_names
    assert foreign - METRICS_MAY_USE <= {"dashboard"}
    assert not IO_OR_CLOCK.search(path.read_text(encoding="utf-8"))


# What draws knows Streamlit; a page's words do not, and may round.
SHOWN = [*(ROOT / "dashboard/pages").rglob("*.py"), *(ROOT / "dashboard/ui").glob("*.py")]
DRAWN = [path for path in SHOWN if "streamlit" in imports_of(path)]


@pytest.mark.parametrize("path", sorted(DRAWN), ids=name_of)
def test_pages_hold_no_sql_and_no_arithmetic(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sums = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.Pow)
    ]
    assert not SQL.search(text)
    assert not sums
    assert not {"duckdb", "numpy", "scipy"} & imports_of(path)
    assert not re.search(r"\.(groupby|merge|agg|sum|mean)\(", text)


def test_only_the_warehouse_and_the_build_touch_the_database() -> None:
    users = {name_of(path) for path in MODULES if "duckdb" in imports_of(path)}
    # Street-level records are too many for a frame: their reader adds them up in a database of its
    # own, in memory.
    street = {"etl.sources._street_counts", "etl.sources._street_query"}
    build = {"etl.build", "etl.publish", "etl.transform"}
    assert users == {"dashboard.store.warehouse", "dashboard.store.sql_process"} | build | street


def test_a_grid_has_its_room_kept() -> None:
    grids = re.compile(r"st\.(dataframe|data_editor)\(")
    shown = {name_of(path) for path in MODULES if grids.search(path.read_text("utf-8"))}
    assert shown == {"dashboard.ui.grid"}


@pytest.mark.parametrize("path", sorted((ROOT / "etl/sql").rglob("*.sql")), ids=lambda p: p.stem)
def test_sql_is_one_lowercase_select_in_the_common_subset(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    code = re.sub(r"--.*", "", text)
    without_text = re.sub(r"'[^']*'", "''", code)
    assert without_text == without_text.lower()
    assert without_text.count(";") == 0
    assert not re.search(r"\b(pivot|qualify|group by all|decimal)\b", without_text)


PAGES = [*(ROOT / "dashboard/pages").glob("*/page.py")]


@pytest.mark.parametrize("path", sorted(PAGES), ids=name_of)
def test_a_page_is_a_recipe_of_at_most_ninety_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 90


def test_there_is_no_module_for_everything() -> None:
    forbidden = {"utils", "helpers", "common", "manager", "handler", "misc"}
    assert not forbidden & {path.stem for path in MODULES}
