"""The offence classification: which codes a group has today, and the names groups have had.

The tables are `data/reference/offences.csv` (codes), `offence_subgroups.csv` (subgroups),
`offence_totals.csv` (categories of the rolling-year table) and `offence_types.csv` (types that
other publications print, and the codes or subgroups that they are). A code that no table lists
belongs where the file that prints it says.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from etl.datadir import DataDir
from etl.observation import measure_name

OFFENCE_COLUMNS = [
    "offence_code",
    "description",
    "offence_group",
    "offence_subgroup",
    "valid_from",
    "valid_to",
    "street_category",
    "note",
]
SUBGROUP_COLUMNS = [
    "offence_subgroup",
    "offence_group",
    "section",
    "part",
    "also_printed_as",
    "note",
]
TOTAL_COLUMNS = ["category", "valid_from", "valid_to", "note"]
TYPE_COLUMNS = ["measure_code", "title", "same_as", "part_of", "note"]
MEASURE_SCHEME = "ho:"
#: A total that the Home Office prints itself, by its category: `ho_total:robbery`.
TOTAL_SCHEME = "ho_total:"
#: How an indicator names every code of a group: `ho_group:robbery`.
GROUP_SCHEME = "ho_group:"
#: Begins the id of an indicator that the build makes of an offence; no file of the catalogue may.
OFFENCE_PREFIX = "offence_"
ALL_CRIME = "all_crime"
#: Recorded nationally since 2013, so that no total of an area has it.
_NOT_IN_ALL_CRIME = "fraud_offences"


@dataclass(frozen=True)
class Classification:
    """Offence codes and their groups.

    Attributes:
        offences: One row a code, with `OFFENCE_COLUMNS`; "" where nothing is given.
        subgroups: One row a subgroup, with `SUBGROUP_COLUMNS`.
        totals: One row a category of the rolling-year table, with `TOTAL_COLUMNS`.
        types: One row a type of another publication, with `TYPE_COLUMNS`: same_as is the
            `ho:` or `ho_group:` measure that it is, or ""; part_of the indicator it is part of.
    """

    offences: pd.DataFrame
    subgroups: pd.DataFrame
    totals: pd.DataFrame
    types: pd.DataFrame

    @cached_property
    def group_names(self) -> list[str]:
        """Return every name that can follow `ho_group:`, sorted."""
        columns = ("offence_subgroup", "section", "offence_group")
        named = {_name(text) for column in columns for text in self.subgroups[column]}
        return sorted((named | {ALL_CRIME}) - {""})

    @cached_property
    def _subgroup_by_name(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for row in self.subgroups.to_dict("records"):
            for printed in (row["offence_subgroup"], *row["also_printed_as"].split(";")):
                names.setdefault(_name(printed), row["offence_subgroup"])
        return names

    def subgroup_of(self, printed: str) -> str | None:
        """Return what a subgroup printed in a file is called today, or None."""
        return self._subgroup_by_name.get(_name(printed)) if _name(printed) else None

    def nearest_subgroup(self, printed: str) -> str:
        """Return the subgroup whose name is nearest to one that is not known, or ""."""
        found = difflib.get_close_matches(_name(printed), self._subgroup_by_name, n=1)
        return self._subgroup_by_name[found[0]] if found else ""

    def with_codes_of_files(self, printed: pd.DataFrame) -> Classification:
        """Return the classification with the codes that only files have, as the files group them.

        Args:
            printed: Codes of files: offence_code, description, offence_group, offence_subgroup.
        """
        new = printed[~printed["offence_code"].isin(self.offences["offence_code"])]
        new = new.drop_duplicates("offence_code", keep="last")
        subgroup = new["offence_subgroup"].map(self.subgroup_of)
        groups = self.subgroups.set_index("offence_subgroup")["offence_group"]
        known = new[subgroup.notna()].assign(
            offence_subgroup=subgroup.dropna(),
            offence_group=subgroup.dropna().map(groups),
            note="Not in the offence table: grouped as the latest file that prints it has it",
        )
        every = pd.concat([self.offences, known], ignore_index=True)
        codes = every[OFFENCE_COLUMNS].fillna("").astype("str")
        return replace(self, offences=codes)

    def validity(self) -> dict[str, tuple[str, str]]:
        """Return first and last day of every measure that was not always counted, "" where open."""
        rows = [
            *zip(
                MEASURE_SCHEME + self.offences["offence_code"], *_days(self.offences), strict=True
            ),
            *zip(
                TOTAL_SCHEME + self.totals["category"].map(_name), *_days(self.totals), strict=True
            ),
        ]
        return {measure: (first, last) for measure, first, last in rows if first or last}

    def parts(self, group: str) -> dict[str, list[str]]:
        """Return the measures of a group, by the parts of which every publication prints some.

        A part is a subgroup, or subgroups that replaced or were taken from each other. A
        publication that prints nothing of a part cannot give the group's total.

        Args:
            group: What follows `ho_group:`; one of `group_names`.

        Raises:
            KeyError: There is no such group.
        """
        if group not in self.group_names:
            raise KeyError(group)
        found: dict[str, list[str]] = {}
        for part, codes in sorted(self._codes_by_part.items()):
            members = [code for code, groups in codes if group in groups]
            if members:
                is_whole = len(members) == len(codes)
                name = f"{GROUP_SCHEME}{_name(part)}" + ("" if is_whole else f"/{group}")
                found[name] = [MEASURE_SCHEME + code for code in members]
        return found

    @cached_property
    def _codes_by_part(self) -> dict[str, list[tuple[str, set[str]]]]:
        """Return the codes of each part, in their order, with the names of their groups."""
        rows = self.offences.merge(
            self.subgroups.drop(columns=["offence_group", "note"]), on="offence_subgroup"
        )
        found: dict[str, list[tuple[str, set[str]]]] = {}
        for row in rows.to_dict("records"):
            groups = {_name(row[each]) for each in ("offence_subgroup", "section", "offence_group")}
            if _name(row["offence_group"]) != _NOT_IN_ALL_CRIME:
                groups.add(ALL_CRIME)
            found.setdefault(row["part"], []).append((row["offence_code"], groups))
        return found


def load_classification(data: DataDir) -> Classification:
    """Return the classification of a data folder's reference tables."""
    return Classification(
        _table(data, "offences.csv", OFFENCE_COLUMNS),
        _table(data, "offence_subgroups.csv", SUBGROUP_COLUMNS),
        _table(data, "offence_totals.csv", TOTAL_COLUMNS),
        _table(data, "offence_types.csv", TYPE_COLUMNS),
    )


def _table(data: DataDir, name: str, columns: list[str]) -> pd.DataFrame:
    frames: Iterable[pd.DataFrame] = (
        pd.read_csv(path, dtype="str", keep_default_na=False)
        for path in data.files("reference", name)
    )
    together = pd.concat([pd.DataFrame(columns=columns, dtype="str"), *frames], ignore_index=True)
    return together[columns].astype("str")


def _days(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    return rows["valid_from"], rows["valid_to"]


def _name(text: str) -> str:
    return measure_name(text)
