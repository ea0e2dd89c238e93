"""`targets.toml` and `actions.csv` with some rows changed, and all else to the letter as it was."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import tomlkit
from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError

from etl.catalogue.plan import Action
from etl.catalogue.target import Target
from etl.plan_folder import entry_lines

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*target[ \t]*\]\]", re.MULTILINE)
_NOTHING = re.compile(r"^[ \t]*(#.*)?$")
"""A line that says nothing of a target: blank, or a comment alone."""


class CannotRewriteError(ValueError):
    """The file is written in a way that only a person can change."""


def with_targets(text: str, now: Mapping[str, Target | None]) -> str:
    """Return a `targets.toml` in which some targets are as given; new ones stand at its end.

    Of a target that is there only the fields that differ are written, with the comments beside
    them; comments between targets stay, of one that goes too.

    Args:
        text: The file, its line ends as they are.
        now: Targets by id; None for one that goes.

    Raises:
        CannotRewriteError: What comes out would not be read as just these changes.
    """
    head, blocks = _blocks(text)
    try:
        before = _targets(text)
        if [_id_of(body) for body, _ in blocks] != [*before]:
            raise CannotRewriteError("its targets are not one [[target]] each")
        end = "\r\n" if "\r\n" in text else "\n"
        parts = [head]
        for target_id, (body, after) in zip(before, blocks, strict=True):
            target = now.get(target_id, before[target_id])
            is_kept = target == before[target_id]
            parts += [body if is_kept else _edited(body, target, end), after]
        new = [each for each in now.values() if each is not None and each.id not in before]
        written = "".join(parts)
        if new and written and not written.endswith("\n"):
            written += end
        written += "".join(f"{line}{end}" for line in entry_lines("target", new))
        is_right = _targets(written) == _merged(before, now)
        is_right = is_right and _others(written) == _others(text)
    except (tomllib.TOMLDecodeError, TOMLKitError, ValidationError) as error:
        raise CannotRewriteError(str(error)) from error
    if not is_right:
        raise CannotRewriteError("its targets cannot be told apart")
    return written


def _blocks(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return what stands before the first target, and each target with what stands after it."""
    starts = [found.start() for found in _HEADER.finditer(text)]
    if not starts:
        return text, []
    wholes = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    return text[: starts[0]], [_body_and_after(whole) for whole in wholes]


def _body_and_after(whole: str) -> tuple[str, str]:
    lines = [*io.StringIO(whole, newline="\n")]
    last = max(n for n, line in enumerate(lines) if not _NOTHING.match(line.rstrip("\r\n")))
    return "".join(lines[: last + 1]), "".join(lines[last + 1 :])


def _id_of(body: str) -> str:
    return str(tomllib.loads(body)["target"][0].get("id", ""))


def _targets(text: str) -> dict[str, Target]:
    found = map(Target.model_validate, tomllib.loads(text).get("target", []))
    return {each.id: each for each in found}


def _others(text: str) -> dict[str, Any]:
    return {name: value for name, value in tomllib.loads(text).items() if name != "target"}


def _edited(body: str, target: Target | None, end: str) -> str:
    """Return one target's lines with what differs written anew; "" where it goes."""
    if target is None:
        return ""
    lines = body.replace("\r\n", "\n")
    document = tomlkit.parse(lines if lines.endswith("\n") else f"{lines}\n")
    table: Any = document["target"][0]
    was = Target.model_validate(table.unwrap())
    for name in Target.model_fields:
        value = getattr(target, name)
        if value == getattr(was, name):
            continue
        if value is None or value == {}:
            table.pop(name, None)
        else:
            table[name] = _toml(value)
    return document.as_string().replace("\n", end)


def _toml(value: Any) -> Any:  # noqa: ANN401 - a field of a target may be of any type
    match value:
        case float() if value.is_integer():
            return int(value)
        case date():
            return value.isoformat()
        case dict():
            steps = tomlkit.inline_table()
            steps.update({name: _toml(level) for name, level in value.items()})
            return steps
        case _:
            return value


def with_actions(text: str, now: Mapping[str, Action | None]) -> str:
    """Return an `actions.csv` in which some actions are as given; new ones stand at its end.

    Lines of others stay as they are, but for a column that is new: it is put at their end.

    Args:
        text: The file, its line ends as they are; "" where there is none yet.
        now: Actions by id; None for one that goes.

    Raises:
        CannotRewriteError: What comes out would not be read as just these changes.
    """
    try:
        before = _actions(text)
        records = _records(text) or [(_line([*Action.model_fields], "\n"), [*Action.model_fields])]
        head, header = records[0]
        end = "\r\n" if head.endswith("\r\n") else "\n"
        new_columns = _columns_to_add(header, before, now)
        columns = [*header, *new_columns]
        lines = [_line(columns, end) if new_columns else head]
        for raw, values in records[1:]:
            row = dict(zip(header, values, strict=False))
            was = before.get(row.get("id", "").strip())
            if was is None:
                lines.append(raw)
                continue
            action = now.get(was.id, was)
            if action == was:
                lines.append(_wider(raw, len(new_columns)))
            elif action is not None:
                row |= {name: value for name, value in action if value != getattr(was, name)}
                lines.append(_line([row.get(name, "") for name in columns], end))
        new = [each for each in now.values() if each is not None and each.id not in before]
        if not lines[-1].endswith(("\n", "\r")):
            lines[-1] += end if new else ""
        lines += [_line([getattr(each, name) for name in columns], end) for each in new]
        written = "".join(lines)
        is_right = _actions(written) == _merged(before, now)
    except (ValidationError, ValueError, csv.Error) as error:
        raise CannotRewriteError(str(error)) from error
    if not is_right:
        raise CannotRewriteError("its lines cannot be told apart")
    return written


def _actions(text: str) -> dict[str, Action]:
    found = map(Action.model_validate, csv.DictReader(io.StringIO(text, newline="")))
    return {each.id: each for each in found}


def _records(text: str) -> list[tuple[str, list[str]]]:
    """Return the records of a CSV: each as it is written, with its values."""
    lines = [*io.StringIO(text, newline="")]
    reader = csv.reader(lines)
    found, begins = [], 0
    for values in reader:
        found.append(("".join(lines[begins : reader.line_num]), values))
        begins = reader.line_num
    return found


def _columns_to_add(
    header: list[str], before: Mapping[str, Action], now: Mapping[str, Action | None]
) -> list[str]:
    given = [each for each in (dict(before) | dict(now)).values() if each is not None]
    return [
        name
        for name in Action.model_fields
        if name not in header and any(getattr(each, name) for each in given)
    ]


def _wider(raw: str, columns: int) -> str:
    bare = raw.rstrip("\r\n")
    return f"{bare}{',' * columns}{raw[len(bare) :]}"


def _line(values: list[str], end: str) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerow(values)
    return text.getvalue()


def _merged(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is to be there: those that were in their order, then the new ones."""
    return {name: each for name, each in (dict(before) | dict(now)).items() if each is not None}
