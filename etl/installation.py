"""What an installation settles for itself: the partnership that its pages begin with."""

from __future__ import annotations

import difflib
import tomllib

from etl.datadir import DataDir
from etl.own_plan_text import quoted
from etl.problems import InputError

_FILE = "installation.toml"
_PARTNERSHIP = "partnership"


def own_partnership(data: DataDir) -> str:
    """Return the code of the partnership that the installation is for; "" for none.

    Raises:
        InputError: The file that says so is damaged.
    """
    path = data.root / _FILE
    if not path.is_file():
        return ""
    try:
        return str(tomllib.loads(path.read_text(encoding="utf-8")).get(_PARTNERSHIP, ""))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        what_to_do = "set it anew: safecity config partnership CODE"
        raise InputError.of(_FILE, f"this is not valid TOML: {error}", what_to_do) from error


def set_own_partnership(data: DataDir, asked: str) -> tuple[str, str]:
    """Settle the partnership that the installation is for.

    Args:
        data: The data folder.
        asked: Its code or its name; "" for none.

    Returns:
        Its code and name.

    Raises:
        InputError: There is no such partnership.
        OSError: The file cannot be written.
    """
    code, name = _partnership(data, asked) if asked else ("", "")
    data.root.mkdir(parents=True, exist_ok=True)
    waiting = data.root / f".{_FILE}.part"
    waiting.write_text(f"{_PARTNERSHIP} = {quoted(code)}\n", encoding="utf-8")
    waiting.replace(data.root / _FILE)
    return code, name


def _partnership(data: DataDir, asked: str) -> tuple[str, str]:
    # Whoever only asks what is settled need not wait for what reads files.
    from etl.raw import areas_of_loads, known_areas  # noqa: PLC0415

    names: dict[str, str] = {}
    for areas in (known_areas(data), areas_of_loads(data)):
        own = areas[areas["area_kind"].eq("partnership")]
        names |= dict(zip(own["area_code"], own["area_name"], strict=True))
    by_name = {name.casefold(): code for code, name in names.items()}
    code = asked if asked in names else by_name.get(asked.strip().casefold(), "")
    if code:
        return code, names[code]
    near = difflib.get_close_matches(asked.casefold(), [*by_name, *names], n=1)
    meant = f"did you mean {names.get(near[0]) or names[by_name[near[0]]]}? " if near else ""
    raise InputError.of(
        "partnership",
        "there is no such partnership",
        f"{meant}Codes begin with E22 or W22: data/reference/areas.csv lists them",
        value=asked,
    )
