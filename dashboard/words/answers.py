"""The sentences that the JSON of `safecity show` holds beside an answer's own fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.words.control import assurance_icon, variation_icon

SENTENCES: dict[str, dict[str, Callable[[Any], str]]] = {
    "ControlAnswer": {"variation_icon": variation_icon, "assurance_icon": assurance_icon},
}
"""By the name of an answer's class, since a command loads only what it answers with."""
