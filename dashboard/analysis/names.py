"""Names that are distinct, for things that share a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

KINDS_OF_AREA = {"district": "local authority", "force": "police force", "lsoa": "small area"}
"""What a kind of area is called, where the word is another than that of the table `area`."""


def distinct_names(
    names: Mapping[str, str], kinds: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return names by id; a name that several share is followed by what distinguishes it.

    That is its kind, "Portsmouth (local authority)", or the id where it has no kind or another of
    the same name and kind is there.
    """
    said = {known: f"{name} ({(kinds or {}).get(known, known)})" for known, name in names.items()}
    shared = Counter(name.casefold() for name in names.values())
    alike = Counter(text.casefold() for text in said.values())
    return {
        known: name
        if shared[name.casefold()] == 1
        else said[known]
        if alike[said[known].casefold()] == 1
        else f"{name} ({known})"
        for known, name in names.items()
    }


def kinds_of(areas: pd.DataFrame) -> dict[str, str]:
    """Return what each area of the table `area` is, by code: "local authority", "police force"."""
    words = areas["area_kind"].replace(KINDS_OF_AREA)
    return dict(zip(areas["area_code"], words, strict=True))


def distinct_area_names(areas: pd.DataFrame) -> dict[str, str]:
    """Return the names of areas of the table `area` by code, distinguished by what each is."""
    names = dict(zip(areas["area_code"], areas["area_name"], strict=True))
    return distinct_names(names, kinds_of(areas))
