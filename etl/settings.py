"""What an installation has chosen about its data folder: `settings.toml` in it.

The environment goes before the file, so that a test or a container can choose without one.
"""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

from etl.problems import InputError

SETTINGS = "settings.toml"
PUBLISHED = "published"
PARTNERSHIP = "partnership"
SMALL_COUNTS = "small_counts"
#: Says yes or no, whatever the file says.
PUBLISHED_ENVIRONMENT = "SAFECITY_PUBLISHED"
#: Whether the figures that come with the product are laid under what is loaded where nobody chose.
PUBLISHED_BY_DEFAULT = True
_WORDS = {"yes": True, "no": False}


def with_published(root: Path) -> bool:
    """Return whether the figures that come with the product are used with a data folder.

    Args:
        root: The data folder.

    Raises:
        InputError: What was chosen is neither yes nor no.
    """
    said = os.environ.get(PUBLISHED_ENVIRONMENT, "")
    if said:
        if said not in _WORDS:
            rule = "this is neither yes nor no"
            raise InputError.of(PUBLISHED_ENVIRONMENT, rule, "say yes or no", value=said)
        return _WORDS[said]
    chosen = _settings(root).get(PUBLISHED, PUBLISHED_BY_DEFAULT)
    if not isinstance(chosen, bool):
        rule = f"{PUBLISHED} is neither true nor false"
        raise InputError.of(SETTINGS, rule, "write true or false", value=str(chosen))
    return chosen


def choose_published(root: Path, chosen: bool) -> None:
    """Keep the choice in the data folder, for every build to come."""
    _keep(root, PUBLISHED, chosen)


def own_partnership(root: Path) -> str:
    """Return the code of the partnership that pages and answers begin with; "" for none.

    Raises:
        InputError: The file of the settings is damaged.
    """
    return str(_settings(root).get(PARTNERSHIP, ""))


def choose_own_partnership(root: Path, code: str) -> None:
    """Keep the partnership that pages and answers begin with; "" for none."""
    _keep(root, PARTNERSHIP, code)


def partnerships_shown_in_full(root: Path) -> list[str]:
    """Return the codes of the partnerships whose small counts those who read here may see.

    The one place where that is decided: disclosure control asks here and nowhere else. Off unless
    somebody who is entitled has set it.

    Raises:
        InputError: The file of the settings is damaged.
    """
    code = str(_settings(root).get(SMALL_COUNTS, ""))
    return [code] if code else []


def choose_small_counts(root: Path, code: str) -> None:
    """Keep the partnership whose small counts are shown; "" for none."""
    _keep(root, SMALL_COUNTS, code)


def _keep(root: Path, name: str, chosen: bool | str) -> None:
    kept = {**_settings(root), name: chosen}
    root.mkdir(parents=True, exist_ok=True)
    # A text, number or truth value is written in TOML as in JSON.
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in kept.items()]
    waiting = root / f".{SETTINGS}.part"
    waiting.write_text("".join(lines), encoding="utf-8")
    waiting.replace(root / SETTINGS)


def _settings(root: Path) -> dict[str, object]:
    path = root / SETTINGS
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError.of(SETTINGS, f"this is not TOML: {error}", "correct it") from None
