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

    Args:
        names: By id.
        kinds: What each is, by id; None where they are all of one kind.
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
    """Return what each area is, by code: "partnership", "local authority", "police force".

    Args:
        areas: area_code and area_kind, of the table `area`.
    """
    words = areas["area_kind"].replace(KINDS_OF_AREA)
    return dict(zip(areas["area_code"], words, strict=True))


def distinct_area_names(areas: pd.DataFrame) -> dict[str, str]:
    """Return the names of areas by code, distinguished by what each area is.

    Args:
        areas: area_code, area_name and area_kind, of the table `area`.
    """
    names = dict(zip(areas["area_code"], areas["area_name"], strict=True))
    return distinct_names(names, kinds_of(areas))
