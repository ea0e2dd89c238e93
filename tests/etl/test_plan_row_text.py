"""Rows of a plan are written back into its files, and all else stays to the letter."""

from __future__ import annotations

import csv
import io
import tomllib
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from etl.catalogue import load_catalogue
from etl.catalogue.plan import Action
from etl.catalogue.target import Target
from etl.datadir import PROJECT_DATA, DataDir
from etl.plan_row_text import CannotRewriteError, with_actions, with_targets

CATALOGUE = load_catalogue(DataDir(PROJECT_DATA))
PLANS = sorted(CATALOGUE.plans)

BY_HAND = """\
# ours
[[target]] # the first
id = "robbery_1" # never changes
indicator="robbery"
kind = "plan"
   goal = "relative_change"
goal_number=-10   # percent, page 3
paragraph = '''
two lines # no comment'''

# about the second
[[ target ]]
id = "burglary_1"
indicator = "dwelling_burglary"
kind = "plan"
goal = "value"
goal_number = 900
paragraph = ""
path = "steps"

[target.steps]
'2025/26' = 900.0   # agreed in May
# the end
"""


def targets_in(text: str) -> dict[str, Target]:
    found = map(Target.model_validate, tomllib.loads(text).get("target", []))
    return {each.id: each for each in found}


def actions_in(text: str) -> dict[str, Action]:
    found = map(Action.model_validate, csv.DictReader(io.StringIO(text, newline="")))
    return {each.id: each for each in found}


ROBBERY, BURGLARY = targets_in(BY_HAND).values()


def test_only_the_field_that_changed_is_written_with_its_comment_beside_it() -> None:
    changed = ROBBERY.model_copy(update={"goal_number": -12.0})
    written = with_targets(BY_HAND, {"robbery_1": changed})
    assert written == BY_HAND.replace("goal_number=-10   #", "goal_number=-12   #")


def test_a_field_that_is_new_stands_with_its_target() -> None:
    changed = ROBBERY.model_copy(update={"owner": 'Zoë "Z"', "due": date(2026, 3, 31)})
    written = with_targets(BY_HAND, {"robbery_1": changed})
    new = 'due = "2026-03-31"\nowner = "Zoë \\"Z\\""\n'
    assert written == BY_HAND.replace("no comment'''\n", f"no comment'''\n{new}")


def test_a_field_before_a_table_of_its_own_stays_a_field_of_the_target() -> None:
    changed = BURGLARY.model_copy(update={"owner": "Ben"})
    written = with_targets(BY_HAND, {"burglary_1": changed})
    assert targets_in(written)["burglary_1"] == changed
    assert "'2025/26' = 900.0   # agreed in May\n# the end\n" in written


def test_steps_come_and_go() -> None:
    straight = BURGLARY.model_copy(update={"path": "straight", "steps": {}})
    written = with_targets(BY_HAND, {"burglary_1": straight})
    assert "steps" not in written
    stepped = BURGLARY.model_copy(update={"steps": {"2025/26": 880.5, "2026/27": 850.0}})
    again = with_targets(written, {"burglary_1": stepped})
    assert targets_in(again)["burglary_1"] == stepped


def test_of_a_target_that_goes_the_comments_around_it_stay() -> None:
    written = with_targets(BY_HAND, {"robbery_1": None})
    assert written.startswith("# ours\n")
    assert "# about the second\n[[ target ]]\n" in written
    assert [*targets_in(written)] == ["burglary_1"]


def test_a_text_may_hold_what_elsewhere_ends_a_line() -> None:
    odd = ROBBERY.model_copy(update={"note": "one\u2028# two\x85\x7f"})
    written = with_targets(BY_HAND, {"robbery_1": odd})
    assert targets_in(with_targets(written, {"burglary_1": None})) == {"robbery_1": odd}


def test_line_ends_stay_as_they_are() -> None:
    text = BY_HAND.replace("\n", "\r\n")
    new = ROBBERY.model_copy(update={"id": "robbery_2"})
    changed = BURGLARY.model_copy(update={"owner": "Ben"})
    written = with_targets(text, {"burglary_1": changed, "robbery_2": new})
    assert "\n" not in written.replace("\r\n", "")
    assert [*targets_in(written)] == ["robbery_1", "burglary_1", "robbery_2"]


@pytest.mark.parametrize(
    "text",
    [
        'target = [{id = "robbery_1", indicator = "robbery", kind = "plan", goal = "value", '
        'goal_number = 3, paragraph = ""}]\n',
        BY_HAND.replace("two lines # no comment", '\n[[target]]\nid = "robbery_1"\n'),
        f"{BY_HAND}[ours]\nvalue = 3\n",
    ],
)
def test_what_cannot_be_told_apart_is_refused(text: str) -> None:
    with pytest.raises(CannotRewriteError):
        with_targets(text, dict.fromkeys(targets_in(text)))


texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=30
).map(str.strip)


@st.composite
def plans_targets(draw: st.DrawFn) -> tuple[str, dict[str, Target | None]]:
    """Give a real file of targets, and a few of them changed, gone, or new."""
    text = (PROJECT_DATA / "plans" / draw(st.sampled_from(PLANS)) / "targets.toml").read_text()
    there = targets_in(text)
    now: dict[str, Target | None] = {}
    for name in draw(st.lists(st.sampled_from([*there]), unique=True, max_size=4)):
        update = {
            "goal": "value", "goal_number": draw(st.floats(-1e9, 1e9)), "owner": draw(texts),
            "note": draw(texts), "reward_stated": draw(st.lists(texts, max_size=2)),
            "due": draw(st.dates() | st.just("not given")),
        }  # fmt: skip
        now[name] = draw(st.none() | st.just(there[name].model_copy(update=update)))
    if draw(st.booleans()):
        new = next(iter(there.values())).model_copy(update={"id": "new_one", "note": draw(texts)})
        now[new.id] = new
    return text, now


@given(plans_targets())
def test_targets_come_back_as_they_were_given(given_of: tuple[str, dict]) -> None:
    text, now = given_of
    written = with_targets(text, now)
    there = targets_in(text)
    expected = {name: each for name, each in (there | now).items() if each is not None}
    assert targets_in(written) == expected
    back = {name: there.get(name) for name in now}
    if all(there.get(name) and now[name] for name in now):
        # Undone where nothing came or went, it says what it said, line for line.
        assert targets_in(with_targets(written, back)) == there
    untouched = [block for block in text.split("[[target]]")[1:] if not _names(block, now)]
    assert all(block.rstrip() in written for block in untouched)


def _names(block: str, now: dict[str, Target | None]) -> bool:
    return any(f'id = "{name}"\n' in block for name in now)


CSV = 'id,section,key_action,indicators\r\n"a",  S ,"x, ""y""",\r\nb,S,two,robbery;all_crime'
FEW = actions_in(CSV)


def test_lines_of_other_actions_stay_as_they_are() -> None:
    changed = FEW["b"].model_copy(update={"key_action": "2, then 3"})
    assert with_actions(CSV, {"b": changed}) == CSV.replace("two", '"2, then 3"') + "\r\n"


def test_a_column_that_is_new_is_put_at_the_end() -> None:
    changed = FEW["b"].model_copy(update={"lead_agency": "Police"})
    lines = with_actions(CSV, {"b": changed}).split("\r\n")
    assert lines[0] == "id,section,key_action,indicators,lead_agency"
    assert lines[1] == '"a",  S ,"x, ""y""",,'
    assert lines[2] == "b,S,two,robbery;all_crime,Police"


def test_actions_are_begun_where_there_is_no_file() -> None:
    action = Action(id="a", section="S", key_action="x\ny")
    assert actions_in(with_actions("", {"a": action})) == {"a": action}


@st.composite
def plans_actions(draw: st.DrawFn) -> tuple[str, dict[str, Action | None]]:
    """Give a real file of actions, and a few of them changed, gone, or new."""
    path = PROJECT_DATA / "plans" / draw(st.sampled_from(PLANS)) / "actions.csv"
    text = path.read_text()
    there = actions_in(text)
    assume(there)
    now: dict[str, Action | None] = {}
    for name in draw(st.lists(st.sampled_from([*there]), unique=True, max_size=4)):
        update = {"key_action": draw(texts), "lead_agency": draw(texts), "note": draw(texts)}
        now[name] = draw(st.none() | st.just(there[name].model_copy(update=update)))
    if draw(st.booleans()):
        now["new"] = Action(id="new", section=draw(texts), key_action=draw(texts))
    return text, now


@given(plans_actions())
def test_actions_come_back_as_they_were_given(given_of: tuple[str, dict]) -> None:
    text, now = given_of
    written = with_actions(text, now)
    there = actions_in(text)
    expected = {name: each for name, each in (there | now).items() if each is not None}
    assert actions_in(written) == expected
    lines = text.splitlines()[1:]
    assert all(line in written for line in lines if line.split(",")[0] not in now)
