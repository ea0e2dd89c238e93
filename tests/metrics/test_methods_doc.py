"""The worked examples of docs/methods.md and docs/methods/ give what the pages say they give."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [DOCS / "methods.md", *sorted((DOCS / "methods").glob("*.md"))]
METRICS = ROOT / "dashboard" / "metrics"
MODULES = sorted(path for path in METRICS.rglob("*.py") if not path.name.startswith("_"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_worked_examples_hold(page):
    name = page.relative_to(DOCS).as_posix()
    text = page.read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    report: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    result = runner.run(test, out=report.append)
    assert result.attempted
    assert result.failed == 0, "".join(report)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(METRICS).as_posix())
def test_every_metric_is_on_a_page(module):
    name = f"`{module.relative_to(METRICS).as_posix()}`"
    assert any(name in page.read_text(encoding="utf-8") for page in PAGES), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_names_no_module_that_is_gone(page):
    for name in re.findall(r"`([\w/]+\.py)`", page.read_text(encoding="utf-8")):
        assert (METRICS / name).is_file() or (ROOT / name).is_file(), name
