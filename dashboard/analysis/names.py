"""Names that tell apart what they name."""

from __future__ import annotations

from collections.abc import Mapping


def named_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Return names by id, with the id behind every name that another one shares."""
    seen: dict[str, int] = {}
    for name in names.values():
        seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
    return {
        known: name if seen[name.casefold()] == 1 else f"{name} ({known})"
        for known, name in names.items()
    }
