"""The keys that `safecity show` prints are frozen: scripts of others read them.

To add a key or a command knowingly, write its keys anew, and those of no other:
`python -m tests.dashboard.cli.test_show_keys busiest-month`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dashboard.analysis.question import all_questions
from dashboard.cli.main import app
from etl.build import build
from etl.command_options import ExitCode
from etl.datadir import DataDir

FROZEN = Path(__file__).with_name("show_keys.json")
ALL_CRIME = "--indicator all_crime"
OTHER_PLAN = "--plan safer_communities_2009_10 --as-at 2009-12"
COMMANDS = (
    "actions",
    f"change {ALL_CRIME}",
    f"change {ALL_CRIME} --basis baseline",
    "change --indicator ni_21 --basis rolling_year",
    f"ranking {ALL_CRIME}",
    f"contribution {ALL_CRIME}",
    f"contribution {ALL_CRIME} --by month",
    f"what-if {ALL_CRIME} --part dwelling_burglary --level-of 2008/09",
    f"what-if {ALL_CRIME} --part dwelling_burglary --value 900",
    "exceptions",
    "exceptions --areas all",
    f"exceptions {OTHER_PLAN}",
    f"control {ALL_CRIME}",
    "crime-types",
    "crime-types --types dwelling_burglary --basis quarter",
    f"trajectory {ALL_CRIME}",
    "status",
    "status --every-target",
    f"status {OTHER_PLAN}",
    "survey-power --indicator ni_21",
    f"movement {ALL_CRIME}",
    f"funnel {ALL_CRIME}",
    f"funnel {ALL_CRIME} --among all",
    "neighbours --measures population,robbery --others 5",
    "perception",
    f"perception {OTHER_PLAN}",
    f"projection {ALL_CRIME}",
    "projection-record",
    "agreement",
    "agreement --plan safer_communities_2009_10",
    "gaps",
    "revisions",
    "overlaps",
    f"scenario {ALL_CRIME}",
    f"scenario {ALL_CRIME} --percent -5",
    f"scenario {ALL_CRIME} --part dwelling_burglary --level-of 2008/09",
    f"trend {ALL_CRIME}",
    "worth-reporting",
)
KINDS = {bool: "boolean", int: "number", float: "number", str: "string", type(None): "null"}


def keys_of(value: Any) -> Any:
    """Return the keys of JSON, nested, and the kinds of its values; a list is one of its kind."""
    if isinstance(value, dict):
        return {key: keys_of(each) for key, each in value.items()}
    if isinstance(value, list):
        together: Any = "null"
        for each in value:
            together = merged(together, keys_of(each))
        return [together]
    return KINDS[type(value)]


def merged(one: Any, other: Any) -> Any:
    """Return the keys of two together; a null says nothing against any kind."""
    if "null" in (one, other):
        return other if one == "null" else one
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: merged(one.get(key, "null"), other.get(key, "null")) for key in one | other}
    if isinstance(one, list) and isinstance(other, list):
        return [merged(one[0], other[0])]
    return one if one == other else f"{one} or {other}"


def is_like(frozen: Any, found: Any) -> bool:
    """Return whether keys and kinds are the same, but for what is null in one of the two."""
    if "null" in (frozen, found):
        return True
    if isinstance(frozen, dict) and isinstance(found, dict):
        same = frozen.keys() == found.keys()
        return same and all(is_like(frozen[key], found[key]) for key in frozen)
    if isinstance(frozen, list) and isinstance(found, list):
        return is_like(frozen[0], found[0])
    return frozen == found


def printed(command: str, data_dir: Path) -> Any:
    result = CliRunner().invoke(app, ["show", *command.split(), "--data-dir", str(data_dir)])
    assert result.exit_code == ExitCode.DONE, result.output
    return keys_of(json.loads(result.stdout))


def frozen_keys() -> dict[str, Any]:
    return json.loads(FROZEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_keys_of_a_command_are_those_that_were_frozen(default_data, command) -> None:
    frozen, found = frozen_keys()[command], printed(command, default_data)
    assert is_like(frozen, found), (frozen, found)


def test_every_command_of_show_is_frozen() -> None:
    names = {each.replace("_", "-") for each in all_questions()}
    assert names == {command.split()[0] for command in COMMANDS}
    assert set(frozen_keys()) == set(COMMANDS)


@pytest.mark.parametrize(
    ("found", "is_same"),
    [
        ({"a": "number", "b": ["string"]}, True),
        ({"a": "null", "b": ["null"]}, True),
        ({"b": ["string"], "a": "number"}, True),
        ({"a": "number"}, False),
        ({"a": "string", "b": ["string"]}, False),
        ({"a": "number", "b": [{"c": "string"}]}, False),
    ],
)
def test_a_key_that_goes_comes_or_changes_its_kind_is_seen(found, is_same) -> None:
    assert is_like({"a": "number", "b": ["string"]}, found) is is_same


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        build(DataDir(Path(folder)))
        known = frozen_keys()
        keys = {
            command: printed(command, Path(folder))
            if command.split()[0] in sys.argv[1:]
            else known[command]
            for command in COMMANDS
        }
    FROZEN.write_text(json.dumps(keys, indent=1) + "\n", encoding="utf-8")
