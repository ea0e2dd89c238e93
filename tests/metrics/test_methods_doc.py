"""The worked examples of docs/methods.md give what the page says they give."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
NOT_A_METHOD = {"__init__.py"}


def test_the_worked_examples_hold():
    test = doctest.DocTestParser().get_doctest(PAGE, {}, "docs/methods.md", "docs/methods.md", 0)
    report: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=report.append)
    assert result.attempted > 20
    assert result.failed == 0, "".join(report)


@pytest.mark.parametrize(
    "module", sorted((ROOT / "dashboard" / "metrics").glob("*.py")), ids=lambda path: path.name
)
def test_every_metric_is_on_the_page(module):
    assert module.name in NOT_A_METHOD or f"`{module.name}`" in PAGE


def test_the_page_names_no_module_that_is_gone():
    for name in re.findall(r"`(\w+\.py)`", PAGE):
        assert (ROOT / "dashboard" / "metrics" / name).is_file(), name
