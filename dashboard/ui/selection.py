"""What the reader chose, as the address bar keeps it.

An address holds the ids of the data (`area=E22000120&as_at=2009-12`), which are those of
`safecity show`; names are read too (`area=Southampton`). What it asks for that does not exist
falls back to the default, and a notice says so.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Query = Mapping[str, "str | Iterable[str]"]
LONGEST_ECHO = 60
"""Characters of an address that a notice repeats."""


@dataclass(frozen=True)
class Choice:
    """One thing to choose: what there is, and what is chosen when nobody does.

    Attributes:
        noun: What it is, for a notice: "area".
        options: Names by id, in the order offered. No two names are the same: see `answers.names`.
        default: An id, or "" where there is nothing to choose from.
        extent: How far the options go, in a sentence: "Figures end in December 2009." It is said
            of what is not among them; where it is "", the option that is written most like it.
    """

    noun: str
    options: Mapping[str, str]
    default: str = ""
    extent: str = ""

    def __post_init__(self) -> None:
        """Refuse a default that is not offered, and two options of the same name."""
        if self.default and self.default not in self.options:
            raise ValueError(f"the default {self.noun} {self.default!r} is not one of the options")
        if len(set(self.options.values())) < len(self.options):
            raise ValueError(f"two options of {self.noun} have the same name")

    def resolve(self, asked: str) -> str | None:
        """Return the id of an option asked for by id or name, or None if there is no such option.

        Upper and lower case, and spaces around it, make no difference.
        """
        if asked in self.options:
            return asked
        wanted = asked.strip().casefold()
        for known, name in self.options.items():
            if wanted in (known.casefold(), name.casefold()):
                return known
        return None

    def read(self, asked: str) -> tuple[str, str]:
        """Return what an address asks for, or the default, and a notice ("" when it was there)."""
        found = self.resolve(asked)
        if found is not None:
            return found, ""
        return self.default, self._notice(asked)

    def _notice(self, asked: str) -> str:
        shown = asked if len(asked) <= LONGEST_ECHO else f"{asked[:LONGEST_ECHO]}…"
        notice = f"The address asks for the {self.noun} “{shown}”, which is not here."
        near = difflib.get_close_matches(asked, [*self.options, *self.options.values()], n=1)
        if self.extent:
            notice += f" {self.extent}"
        elif near:
            notice += f" Did you mean {self.options.get(near[0], near[0])}?"
        shown = self.options.get(self.default)
        return f"{notice} Showing {shown} instead." if shown else notice


def values_of(query: Query, name: str) -> list[str]:
    """Return all values of a parameter, empty ones left out."""
    value = query.get(name, ())
    values = [value] if isinstance(value, str) else list(value)
    return [text for text in values if text.strip()]


SEPARATOR = "~"
"""Between a group's name and its edition in an address; neither holds one."""


def group_id(peer_group: str, edition: str) -> str:
    """Return the id of an edition of a peer group."""
    return f"{peer_group}{SEPARATOR}{edition}"


def group_of(known: str) -> tuple[str, str]:
    """Return peer group and edition of an id of `group_id`; two empty texts for ""."""
    peer_group, _, edition = known.partition(SEPARATOR)
    return peer_group, edition
