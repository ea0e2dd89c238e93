"""Who an area is compared with: a published group, its police force, or a group of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.neighbours import OWN_MAKING, NeighboursAnswer, neighbours
from dashboard.store.cache import cached_per_build

#: The group that plans set ranks in: the police's, of which other groups are no substitute.
MOST_SIMILAR_GROUP = "Most Similar Group"

#: Offered to an area without a group: neighbours in administration, not alike.
SAME_FORCE = "Partnerships of the same police force"

SMALLEST_GROUP = 2

Kind = Literal["police", "published", "force", "own_making"]


@dataclass(frozen=True)
class Group:
    """One edition of a group, with its members.

    Attributes:
        kind: The police's own, another publisher's, those of one force, or of our own making.
        name: As people read it.
        edition: Of the publisher; "" where there is none.
        source: Where the members are from.
        members: area_code, area_name; the area itself included.
        in_force: The edition that was in force on the last day compared; "" where not known.
    """

    kind: Kind
    name: str
    edition: str
    source: str
    members: pd.DataFrame
    in_force: str = ""


def group_for(
    view: AreaView, group: str, edition: str, month: pd.Period, indicator: str = ""
) -> Group:
    """Return the group asked for.

    Args:
        view: Of the area.
        group: A published group's name, `SAME_FORCE`, or "own:population,robbery"; "" for the
            area's newest.
        edition: Of a published group; "" for the newest.
        month: The last month compared.
        indicator: What is to be ranked, so that a group made by it can say so.

    Raises:
        UnknownChoiceError: The area has no such group, edition or measure.
        NoFiguresError: It has none at all.
    """
    if group.startswith(OWN_MAKING):
        found = neighbours(view.at(month), group.removeprefix(OWN_MAKING))
        return _of_our_own(found, indicator)
    if group == SAME_FORCE:
        return _of_force(view)
    chosen = choose_group(view, group, edition)
    members = _members_of(view, chosen)
    name = str(chosen["peer_group"])
    kind: Kind = "police" if name == MOST_SIMILAR_GROUP else "published"
    in_force = _edition_in_force(groups_of(view), name, month)
    return Group(kind, name, str(chosen["edition"]), str(chosen["source"]), members, in_force)


@cached_per_build
def groups_of(view: AreaView) -> pd.DataFrame:
    """Return the groups that an area is compared in, the preferred first."""
    return view.warehouse.frame(
        "peer_groups", area=view.area_code, preferred=MOST_SIMILAR_GROUP,
        illustrative=view.is_illustrative,
    )  # fmt: skip


@cached_per_build
def same_force(view: AreaView) -> pd.DataFrame:
    """Return area_code, area_name and force_name of the partnerships of the area's police force.

    They share a police force and nothing else that is known, so they are no similar group. Empty
    for an area without a force.
    """
    return view.warehouse.frame("force_partnerships", area=view.area_code)


def choose_group(view: AreaView, group: str = "", edition: str = "") -> pd.Series:
    """Return the peer group asked for, or the area's newest.

    Raises:
        UnknownChoiceError: The area has no such group or edition.
        NoFiguresError: It has none at all.
    """
    groups = groups_of(view)
    if group == MOST_SIMILAR_GROUP and group not in set(groups["peer_group"]):
        raise NoFiguresError(f"the members of {view.area_name}'s {group} are not loaded")
    if groups.empty:
        todo = ": add its members to peers.csv of its plan" if view.plan_id else ""
        raise NoFiguresError(f"no group is known that {view.area_name} is compared in{todo}")
    for what, choice in (("peer_group", group), ("edition", edition)):
        if choice and choice not in set(groups[what]):
            raise UnknownChoiceError(what.replace("_", " "), choice, groups[what])
        groups = groups[groups[what].eq(choice)] if choice else groups
    return groups.iloc[0]


def edition_changes(view: AreaView, group: str) -> pd.DataFrame:
    """Return what each edition of a published group changed of the one before.

    Returns:
        edition, valid_from ("" where not given), joined, left (names of areas), in order of
        time; the first edition has none of either.
    """
    groups = groups_of(view)
    editions = groups[groups["peer_group"].eq(group)].sort_values(["valid_from", "edition"])
    rows, before = [], None
    for each in editions.to_dict("records"):
        members = _members_of(view, each).set_index("area_code")["area_name"]
        joined = [] if before is None else sorted(members[~members.index.isin(before.index)])
        left = [] if before is None else sorted(before[~before.index.isin(members.index)])
        valid_from = "" if pd.isna(each["valid_from"]) else str(each["valid_from"])[:10]
        rows.append((str(each["edition"]), valid_from, joined, left))
        before = members
    return pd.DataFrame(rows, columns=["edition", "valid_from", "joined", "left"])


def _members_of(view: AreaView, edition: Mapping[str, Any] | pd.Series) -> pd.DataFrame:
    """Return area_code and area_name of the members of an edition, a row of `groups_of`."""
    return view.warehouse.frame(
        "group_members", area=view.area_code, peer_group=edition["peer_group"],
        edition=edition["edition"], illustrative=bool(edition["illustrative"]),
    )  # fmt: skip


def _of_force(view: AreaView) -> Group:
    members = same_force(view)
    if members["area_code"].nunique() < SMALLEST_GROUP:
        raise NoFiguresError(f"{view.area_name} is the only partnership of its police force")
    source = f"the areas of {members['force_name'].iloc[0]} police force in the loaded tables"
    return Group("force", SAME_FORCE, "", source, members)


def _of_our_own(found: NeighboursAnswer, indicator: str) -> Group:
    source = f"the nearest of {found.candidates} areas on {found.measures_text()}, {found.period}"
    if indicator in found.measures:
        source += "; it was chosen by what is ranked here, so it is alike in that by its making"
    return Group("own_making", found.label, "", source, found.members)


def _edition_in_force(groups: pd.DataFrame, name: str, month: pd.Period) -> str:
    begun = pd.to_datetime(groups["valid_from"].replace("", None))
    in_time = groups[groups["peer_group"].eq(name) & begun.le(month.end_time)]
    if in_time.empty:
        return ""
    return str(in_time.loc[begun[in_time.index].idxmax(), "edition"])
