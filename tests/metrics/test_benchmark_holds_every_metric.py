"""`python -m benchmarks metrics` times every metric that is worked out for many series."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "dashboard.metrics"
TIMED_BY = ("_metrics_by_year.py", "_metrics_by_month.py")
ONE_AT_A_TIME = {
    "action_plan", "agreement", "comparability", "control.choose", "control.drawn", "control.grid",
    "control.trended", "history", "projection.scenario", "trajectory", "year_path",
}  # fmt: skip
"""Of one target, one document or one series on a page."""


def test_no_metric_is_left_out_of_the_benchmark():
    files = {name_of(file): file for file in (ROOT / "dashboard" / "metrics").rglob("*.py")}
    modules = {name: file for name, file in files.items() if file.name != "__init__.py"}
    reached: set[str] = set()
    todo = set().union(*(imported_by(ROOT / "benchmarks" / file) for file in TIMED_BY))
    while todo:
        module = todo.pop()
        reached.add(module)
        todo |= imported_by(modules[module]) - reached
    assert set(modules) - reached == ONE_AT_A_TIME


def name_of(file: Path) -> str:
    inside = file.relative_to(ROOT / "dashboard" / "metrics").with_suffix("")
    return ".".join(inside.parts)


def imported_by(file: Path) -> set[str]:
    """Metrics that a file imports, as "control.breaks"."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    names = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.removeprefix(f"{PACKAGE}.") for name in names if name.startswith(f"{PACKAGE}.")}
