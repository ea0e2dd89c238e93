from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.data.documents import (
    NOT_FIGURES,
    NUMBERING,
    OTHER_BOROUGH,
    PLACEHOLDERS,
    SOUTHAMPTON,
    Line,
    figures_in,
    figures_in_line,
    lines_with_places,
)

DOCUMENTS = {
    "southampton_2010_11": ("partnership-plan-2010-11.txt", SOUTHAMPTON),
    "safer_communities_2009_10": ("action-plan-report-2009-10.txt", OTHER_BOROUGH),
}
#: What stands for words left out in `stated`.
ELISION = "…"

Row = dict[str, str]


@pytest.fixture(params=DOCUMENTS)
def plan_id(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def lines(plan_id: str, shared_root: Path) -> list[Line]:
    return _lines(plan_id, shared_root)


@pytest.fixture
def rows(plan_id: str, project_root: Path) -> list[Row]:
    return _rows(plan_id, project_root)


def _lines(plan_id: str, shared_root: Path) -> list[Line]:
    name, sections = DOCUMENTS[plan_id]
    path = shared_root / "source_documents" / name
    if not path.is_file():
        pytest.skip(f"needs ../shared/source_documents/{name}, which is not there")
    return list(lines_with_places(path.read_text(encoding="utf-8"), sections))


def _rows(plan_id: str, project_root: Path) -> list[Row]:
    path = project_root / "data" / "plans" / plan_id / "published.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures_of_row(row: Row) -> list[float | str]:
    """The figures in the row's own `stated` that its number (or blank) stands for."""
    wanted = (abs(float(row["number"])),) if row["number"] else PLACEHOLDERS
    return [figure for figure in figures_in(row["stated"]) if figure in wanted]


def uncovered(lines: list[Line], rows: list[Row]) -> list[str]:
    """Every figure of the document that has no row at its place, with the line it stands in."""
    left = Counter((row["paragraph"], figure) for row in rows for figure in figures_of_row(row))
    missing = []
    for line in lines:
        for figure in figures_in_line(line):
            if left[line.place, figure]:
                left[line.place, figure] -= 1
            else:
                missing.append(f"line {line.number} ({line.place}): {figure}: {line.text.strip()}")
    return missing


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("*", "")).lower()


def test_every_figure_of_the_document_has_a_row(lines: list[Line], rows: list[Row]):
    missing = uncovered(lines, rows)
    assert not missing, "figures without a row in published.csv:\n" + "\n".join(missing)


def test_every_row_is_stated_at_its_place_in_those_words(lines: list[Line], rows: list[Row]):
    text_of: dict[str, str] = {}
    for line in lines:
        text_of[line.place] = text_of.get(line.place, "") + " " + line.text
    for row in rows:
        text = _plain(text_of.get(row["paragraph"], ""))
        for words in row["stated"].split(ELISION):
            assert _plain(words).strip() in text, (row["id"], row["paragraph"], words)


def test_a_number_stands_in_its_own_words(rows: list[Row]):
    in_words_alone = {
        "appendix3_starred", "appendix3_listed", "part3_pp1_survey_year",
        # "The crime type that is increasing", "exceeding the target", "no shift", "we remain 13th".
        "p12_only_increase", "p15_violent_crime_exceeds_aim",
        "p16_violence_against_the_person_shift", "p22_criminal_damage_shift",
    }  # fmt: skip
    silent = {row["id"] for row in rows if not figures_of_row(row)}
    of_direction = {row["id"] for row in rows if row["agree_low"] or row["agree_high"]}
    assert silent <= in_words_alone | of_direction


def test_contradictions_point_both_ways(rows: list[Row]):
    contradicts = {row["id"]: set(filter(None, row["contradicts"].split(";"))) for row in rows}
    for row in rows:
        assert (row["mark"] == "contradictory") == bool(contradicts[row["id"]]), row["id"]
        for other in contradicts[row["id"]]:
            assert row["id"] in contradicts[other], (row["id"], other)


def test_what_is_not_computed_says_why(rows: list[Row]):
    assert [row["id"] for row in rows if not row["method"] and not row["note"]] == []


@pytest.mark.parametrize(
    ("removed", "line"),
    [
        ("p12_dwelling_burglary", 95),
        ("p11_most_serious_violence_group_size", 91),
        ("p15_sexual_offences_years", 101),
        ("p8_share", 79),
        ("part3_targets_ni_17_goal", 209),
        ("appendix2_nte12_partnership", 443),
        ("appendix2_yp2_deficit", 470),
    ],
)
def test_a_figure_without_its_row_is_named(
    removed: str, line: int, shared_root: Path, project_root: Path
):
    plan_id = "southampton_2010_11"
    rows = [row for row in _rows(plan_id, project_root) if row["id"] != removed]
    missing = uncovered(_lines(plan_id, shared_root), rows)
    assert len(missing) == 1
    assert missing[0].startswith(f"line {line} ")


def test_a_figure_stated_twice_needs_both_rows(shared_root: Path, project_root: Path):
    plan_id = "southampton_2010_11"
    once_less = {"p10_robbery", "p15_robbery"}
    rows = [row for row in _rows(plan_id, project_root) if row["id"] not in once_less]
    assert len(uncovered(_lines(plan_id, shared_root), rows)) == 2


@pytest.mark.parametrize(("reason", "pattern"), NUMBERING + NOT_FIGURES)
def test_every_exception_is_needed(reason: str, pattern: str, shared_root: Path):
    texts = (line.text for plan_id in DOCUMENTS for line in _lines(plan_id, shared_root))
    assert any(re.search(pattern, text) for text in texts), reason


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("down 3.6% and £550k, circa £1M", [3.6, 550_000, 1_000_000]),
        ("the 13th of 15, £15,000 in 2010/11", [13, 15, 15_000]),
        ("from x% to y% for 3-year plans", ["x", "y", 3]),
        ("almost half, for the third consecutive year", [50, 3]),
        ("NI 15 in Q1 2010, Appendix 2", []),
    ],
)
def test_figures_are_found_in_a_text(text: str, figures: list[float | str]):
    assert figures_in(text) == figures
