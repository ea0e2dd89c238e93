"""Named queries: every one is asked by somebody."""

from __future__ import annotations

import re
from pathlib import Path

from dashboard.store.warehouse import QUERIES, named_queries

DASHBOARD = Path(__file__).resolve().parents[3] / "dashboard"


def test_every_query_is_asked_for_and_each_stands_under_its_name() -> None:
    asked = set()
    for path in DASHBOARD.rglob("*.py"):
        asked |= set(re.findall(r'"([a-z_]+)"', path.read_text(encoding="utf-8")))
    assert set(named_queries()) <= asked
    written = "".join(path.read_text(encoding="utf-8") for path in QUERIES.glob("*.sql"))
    assert all(f"-- {name}: " in written for name in named_queries())
    assert all(re.search(r"^select|^with", sql, re.MULTILINE) for sql in named_queries().values())
