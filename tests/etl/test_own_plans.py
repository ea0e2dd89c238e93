"""A target is written as given, at the end of what stands there; a refused one leaves no trace."""

from __future__ import annotations

import dataclasses
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import own_plans, publish
from etl.catalogue import load_catalogue
from etl.datadir import DataDir
from etl.own_plan_text import financial_year_of, on_one_line, plan_text, quoted
from etl.own_plans import NewTarget, add_target, folder_name
from etl.problems import InputError

LEEDS = "E22000345"
ROBBERY = NewTarget(
    area_code=LEEDS, area_name="Leeds", plan="", indicator="robbery", goal="relative_change",
    goal_number=-10, goal_stated="10% fewer", baseline_period="2024/25", due=date(2026, 3, 31),
    path="seasonal", owner="Zoë O'Brien", written_by="Ann", written_on=date(2026, 1, 2),
)  # fmt: skip
ODD = [
    'Bath & "North" East\\Somerset', "Ynys Môn", "'''", '"""', "# no comment", "[[target]]",
    "a\nb\r\n[[target]]\nid = 1", "\x00\x07\x1b\x7f\x85\u2028", "\ud800 alone",
    "👮🏽 and \U0001d518", "\u202egnp.exe",
    "", "…", "../../etc", "CON",
]  # fmt: skip


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataDir:
    """A folder in which writing is tried; the builds themselves are tried on the page."""
    monkeypatch.setattr(own_plans, "build_locked", lambda _data, _progress: None)
    return DataDir(tmp_path / "figures")


def files(data: DataDir) -> set[str]:
    parts = [each for each in data.root.rglob("*") if "build" not in each.parts]
    return {each.relative_to(data.root).as_posix() for each in parts}


@given(st.text())
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    whole = text.encode("utf-8", "replace").decode()
    assert tomllib.loads(f"text = {quoted(text)}") == {"text": whole}


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read_back_as_they_were(text: str) -> None:
    whole = text.encode("utf-8", "replace").decode()
    assert tomllib.loads(f"text = {quoted(text)}") == {"text": whole}
    assert "\n" not in on_one_line(text)
    (name,) = [tomllib.loads(plan_text("E1", text, "2025/26", 3))["area_name"]]
    assert name == on_one_line(text)


@given(st.text(max_size=300))
def test_a_folder_is_only_a_name(name: str) -> None:
    folder = folder_name(name, "2025/26")
    assert folder.endswith("2025_26")
    assert not set(folder) & set('/\\:*?"<>|.\0 \n')
    assert len(folder.encode()) < 200


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 3, 31), "2025/26"), (date(2026, 4, 1), "2026/27"), (date(1999, 12, 1), "1999/00")],
)
def test_a_financial_year_begins_in_april(day: date, year: str) -> None:
    assert financial_year_of(day) == year


def test_a_plan_is_begun_with_what_was_given(data: DataDir) -> None:
    written = add_target(data, ROBBERY)
    assert (written.plan, written.target) == ("leeds_2025_26", "robbery_2025_26")
    plan = load_catalogue(data).plans["leeds_2025_26"]
    assert (plan.area_code, plan.area_name, plan.period) == (LEEDS, "Leeds", "2025/26")
    # After the plans that come with the product.
    assert plan.display_order > 2
    (target,) = plan.targets
    assert target.model_dump(include={"goal", "goal_number", "goal_stated", "path", "due"}) == {
        "goal": "relative_change", "goal_number": -10.0, "goal_stated": "10% fewer",
        "path": "seasonal", "due": date(2026, 3, 31),
    }  # fmt: skip
    assert (target.owner, target.note) == (
        "Zoë O'Brien",
        "Written in the app by Ann on 2 January 2026.",
    )


@pytest.mark.parametrize("text", ODD)
def test_odd_names_and_owners_load(data: DataDir, text: str) -> None:
    new = dataclasses.replace(ROBBERY, area_name=text, owner=text, written_by=text)
    written = add_target(data, new)
    plan = load_catalogue(data).plans[written.plan]
    assert plan.area_name == on_one_line(text)
    assert [each.owner for each in plan.targets] == [on_one_line(text)]
    assert (data.root / "plans" / written.plan).parent == data.root / "plans"


BY_HAND = [
    '# ours\n[[target]] # first\nid = "mine"\nindicator="robbery"\nkind = "plan"\n'
    'goal = "not_given"\nparagraph = "1"   # page 3, Zoë',
    '# ours\r\n[[target]]\r\nid = "mine"\r\nindicator = "robbery"\r\nkind = "plan"\r\n'
    'goal = "value"\r\ngoal_number = 3\r\nparagraph = "1"\r\npath = "steps"\r\n'
    "[target.steps]\r\n'2025/26' = 3.0\r\n",
    "# nothing yet\n",
    "",
]


@pytest.mark.parametrize("text", BY_HAND)
def test_what_a_person_wrote_stays_to_the_letter(data: DataDir, text: str) -> None:
    add_target(data, ROBBERY)
    path = data.root / "plans" / "leeds_2025_26" / "targets.toml"
    path.write_bytes(text.encode())
    assert add_target(data, ROBBERY).target == "robbery_2025_26"
    # A second of the same name gets one of its own.
    assert add_target(data, ROBBERY).target == "robbery_2025_26_2"
    now = path.read_bytes()
    assert now.startswith(text.encode())
    assert b"\r\n" not in text.encode() or b"\n" not in now.replace(b"\r\n", b"")
    found = [each.id for each in load_catalogue(data).plans["leeds_2025_26"].targets]
    mine = ["mine"] if "mine" in text else []
    assert found == [*mine, "robbery_2025_26", "robbery_2025_26_2"]


def test_a_plan_without_targets_gets_its_file(data: DataDir) -> None:
    add_target(data, ROBBERY)
    path = data.root / "plans" / "leeds_2025_26" / "targets.toml"
    path.unlink()
    add_target(data, dataclasses.replace(ROBBERY, plan="leeds_2025_26", due=date(2030, 1, 1)))
    assert '"robbery_2029_30"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["target = []\n", 'target = [{id = "mine", indicator = "robbery", kind = "plan", '
             'goal = "not_given", paragraph = ""}]\n']
)  # fmt: skip
def test_a_file_that_cannot_be_added_to_stays_as_it_is(data: DataDir, text: str) -> None:
    add_target(data, ROBBERY)
    path = data.root / "plans" / "leeds_2025_26" / "targets.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="no target can be put at its end"):
        add_target(data, ROBBERY)
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "changes",
    [
        {"indicator": "no_such"}, {"goal": "win"},
        {"goal_number": float("nan")}, {"goal_number": float("inf")}, {"path": "steps"},
        {"path": "../x"}, {"baseline_period": "last year"},
        {"baseline_period": "year ending 2024-12"}, {"plan": "southampton_2010_11"},
        {"plan": "../plans/leeds"}, {"indicator": 'a"\n[[target]]'},
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_refused_and_leaves_no_trace(data: DataDir, changes: dict) -> None:
    with pytest.raises(InputError):
        add_target(data, dataclasses.replace(ROBBERY, **changes))
    assert files(data) == set()


@pytest.mark.parametrize(
    "error", [InputError.of("x", "y", "z"), OSError("full"), KeyboardInterrupt()]
)
def test_of_a_build_that_fails_nothing_is_kept(data: DataDir, monkeypatch, error) -> None:
    def fail(_data: DataDir, _progress: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(own_plans, "build_locked", fail)
        with pytest.raises(type(error)):
            add_target(data, ROBBERY)
        assert files(data) == set()
    add_target(data, ROBBERY)
    path = data.root / "plans" / "leeds_2025_26" / "targets.toml"
    before = path.read_bytes()

    def meanwhile(_data: DataDir, _progress: object) -> None:
        with path.open("ab") as file:
            file.write(b"# written by hand while it was built\n")
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(own_plans, "build_locked", meanwhile)
        with pytest.raises(type(error)):
            add_target(data, ROBBERY)
    assert path.read_bytes() == before + b"# written by hand while it was built\n"


def test_a_namesake_that_comes_with_the_product_is_not_hidden(data: DataDir) -> None:
    new = dataclasses.replace(
        ROBBERY, area_code="E22000120", area_name="Southampton", due=date(2011, 3, 31)
    )
    before = load_catalogue(data).plans["southampton_2010_11"]
    assert add_target(data, new).plan == "southampton_2010_11_e22000120"
    other = dataclasses.replace(new, area_code="E22000999")
    assert add_target(data, other).plan == "southampton_2010_11_e22000999"
    assert add_target(data, new).target == "robbery_2010_11_2"
    assert load_catalogue(data).plans["southampton_2010_11"] == before


def test_years_that_end_in_any_month_can_be_measured_from(data: DataDir) -> None:
    add_target(data, dataclasses.replace(ROBBERY, baseline_period="year ending December 2024"))
    (target,) = load_catalogue(data).plans["leeds_2025_26"].targets
    assert target.baseline_period == "year ending December 2024"


def test_it_is_built_and_published_for_real(tmp_path: Path) -> None:
    data = DataDir(tmp_path)
    written = add_target(data, ROBBERY)
    published = publish.current(data)
    assert published is not None
    targets = publish.read_mart(data.build / published.database, "target")
    own = targets[targets["plan_id"].eq(written.plan)]
    assert own["target_id"].tolist() == ["robbery_2025_26"]
