"""ONS publishes changes and rates beside the counts by police force area: ours must agree.

What is published, and what came of it (five workbooks):

P3, all             6,483 rates per 1,000 residents or households: all agree to the last decimal
                    with a denominator that rounds to the printed one. City of London has "+" or
                    "[u1]", except for one rate per household in three releases of 2018.
P2, December 2024   1,206 changes: all agree. "[u]" is said to stand where the base is under 50. It
                    does in all 80 cells where the later year is (the base of 4 is not), and in 2 of
                    the 6 where only the base is.
P2 of 2018          not computed: these releases do not print the year before.
P5 of 2018, P6      504 changes of knife offences: all agree. "N/A" where Greater Manchester makes
                    years incomparable.
P8, P9              45 changes of firearm offences, 54 of fraud, 54 rates of fraud: all agree.
P7, December 2024   knife offences per 100,000: all 54 of 2024 agree, and so do those of 2023 where
                    the partnership tables give the population of mid-2022 (42 forces, England,
                    Wales). England and Wales is printed as 90.6, where its count gives 88.7: it is
                    the count of 2024 over the population of mid-2022.
P7, March 2018      600 rates of anti-social behaviour incidents, on the population of the middle of
                    the year before the financial year begins. All 325 up to 2012/13 agree; of the
                    275 since, 37, the others within 1%: most likely estimates were revised between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.metrics.percent import SMALL_BASE_THRESHOLD, percent_change
from dashboard.metrics.rates import rate_per
from etl.observation import measure_name
from etl.sources import ons_csp, ons_pfa
from etl.sources._ons_years import mid_year_of, year_between
from etl.sources._pfa_areas import place_of
from etl.sources._pfa_columns import KNIFE_OFFENCES, SAME_MEASURE, Column
from etl.sources._pfa_tables import Table, take_apart, title_of
from etl.sources._workbook import read_sheets, without_notes

#: Nine decimals are printed; population and households are rounded to 100.
PRINTED = 0.5e-9
FLOAT = 1e-12
ROUNDED = 50
#: More than the rounding of 314 partnerships adds up to, less than would hide a wrong count.
SUMMED = 2_000
COUNTRIES = ("K04000001", "E92000001", "W92000004")
CITY_OF_LONDON = "E23000034"
TOTAL = "ons:total_recorded_crime_excluding_fraud"
FRAUD = "ons:fraud_and_computer_misuse_referred_by_action_fraud"
FIREARMS = "ons:firearm_offences_excluding_air_weapons"
ASB = "ons:anti_social_behaviour_incidents"
FILES = {
    "Mar 2018": "ons_pfa/policeforceareatablesyearendingmarch2018v2.xlsx",
    "Jun 2018": "ons_pfa/policeforceareadatatablesyearendingjune2018corrected.xlsx",
    "Sep 2018": "ons_pfa/policeforceareatablesyearendingsep18corrected.xlsx",
    "Dec 2018": "ons_pfa/policeforceareatablesyearendingdecember2018.xlsx",
    "Dec 2024": "ons_csp/policeforceareatablesyedecember2024.xlsx",
}


@dataclass(frozen=True)
class Release:
    """One workbook: its tables by number, and what was read of it."""

    tables: dict[str, Table]
    value: dict[tuple[str, str, pd.Timestamp], float]
    year: pd.Timestamp

    def get(self, area: str, measure: str, start: object) -> float:
        return self.value.get((area, measure, pd.Timestamp(start)), np.nan)  # type: ignore[arg-type]

    @property
    def year_before(self) -> pd.Timestamp:
        return self.year - pd.DateOffset(years=1)


@pytest.fixture(scope="module")
def releases(shared_data: Path) -> dict[str, Release]:
    return {name: load(shared_data / path) for name, path in FILES.items()}


def load(path: Path) -> Release:
    rows = ons_pfa.read(path).observations
    tables = (take_apart(sheet) for sheet in read_sheets(path) if title_of(sheet))
    key = zip(rows["area_code"], rows["measure_code"], rows["period_start"], strict=True)
    return Release(
        tables={table.number: table for table in tables if table.number != "P6" or is_p6(table)},
        value=dict(zip(key, rows["value"], strict=True)),
        year=rows.loc[rows["measure_code"].eq(TOTAL), "period_start"].max(),
    )


def is_p6(table: Table) -> bool:
    return "knife" in table.title.casefold()


def cells(table: Table) -> Iterator[tuple[str, Column, str]]:
    """Every cell of a table: its area, column and text."""
    for line, name in table.rows[table.names].items():
        if name:
            area = place_of(table.rows.at[line, table.codes][:9], name).area_code
            for number, column in table.columns.items():
                yield area, column, table.rows.at[line, number]


def is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?", text, re.IGNORECASE))


def measure_of(heading: str) -> str:
    """The measure of a heading such as "Residential burglary (households) 6,7,9"."""
    plain = re.sub(r"[ 0-9,]+$", "", without_notes(heading)).replace("(households)", "")
    name = measure_name(plain)
    return f"ons:{SAME_MEASURE.get(name, name)}"


def is_within(
    printed: float, count: float, denominator: float, per: float = 1_000, off_by: float = ROUNDED
) -> bool:
    """Whether a denominator that rounds to this one gives the printed rate."""
    lowest = rate_per(count, denominator + off_by, per)
    highest = rate_per(count, denominator - off_by, per)
    return bool(lowest - PRINTED <= printed <= highest + PRINTED)


def agrees(printed: str, percent: float) -> bool:
    return abs(float(printed) - percent) <= PRINTED + FLOAT * abs(percent)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("Mar 2018", 1_296),
        ("Jun 2018", 1_297),
        ("Sep 2018", 1_297),
        ("Dec 2018", 1_297),
        ("Dec 2024", 1_296),
    ],
)
def test_every_rate(releases: dict[str, Release], name: str, numbers: int) -> None:
    release = releases[name]
    table = release.tables["P3"]
    years = {
        measure: next(
            mid_year_of(column.heading)
            for column in table.columns.values()
            if column.heading.startswith(start)
        )
        for measure, start in (("ons:population", "Popul"), ("ons:households", "House"))
    }
    exact = exact_populations(release, table)
    found = [cell for cell in cells(table) if "figures" not in cell[1].heading]
    rates = [cell for cell in found if is_number(cell[2])]
    for area, column, text in rates:
        count = release.get(area, measure_of(column.heading), release.year)
        households = "(households)" in column.heading
        measure = "ons:households" if households else "ons:population"
        denominator = release.get(area, measure, years[measure])
        assert is_within(float(text), count, denominator), (area, column.heading)
        if not households:
            ours = rate_per(count, exact[area])
            assert abs(ours - float(text)) <= PRINTED + FLOAT, (area, column.heading)
    assert len(rates) == numbers
    assert {area for area, _, text in found if not is_number(text)} == {CITY_OF_LONDON}


def exact_populations(release: Release, table: Table) -> dict[str, float]:
    """The unrounded population of each area, which its rate of all crime gives away."""
    return {
        area: round(1_000 * release.get(area, TOTAL, release.year) / float(text))
        for area, column, text in cells(table)
        if column.heading.startswith("Total recorded crime") and is_number(text)
    }


def test_every_change_by_offence_and_its_markers(releases: dict[str, Release]) -> None:
    release = releases["Dec 2024"]
    marks: Counter[tuple[bool, bool, bool]] = Counter()
    for area, column, text in cells(release.tables["P2"]):
        measure = measure_of(column.heading)
        now = release.get(area, measure, release.year)
        before = release.get(area, measure, release.year_before)
        if is_number(text):
            assert agrees(text, percent_change(now, before)), (area, measure)
        else:
            assert text == "[u]"
        marks[is_number(text), before < SMALL_BASE_THRESHOLD, now < SMALL_BASE_THRESHOLD] += 1
    shown, withheld = True, False
    assert marks == {
        (shown, False, False): 1_202,
        (shown, True, False): 4,
        (withheld, True, True): 76,
        (withheld, True, False): 2,
        (withheld, False, True): 4,
    }


@pytest.mark.parametrize(
    ("name", "table", "numbers", "not_given"),
    [
        ("Mar 2018", "P5", 112, 0),
        ("Jun 2018", "P5", 110, 6),
        ("Sep 2018", "P5", 116, 0),
        ("Dec 2018", "P5", 108, 8),
        ("Dec 2024", "P6", 58, 0),
    ],
)
def test_every_change_of_knife_offences(
    releases: dict[str, Release], name: str, table: str, numbers: int, not_given: int
) -> None:
    release = releases[name]
    agreed = Counter()
    for area, column, text in cells(release.tables[table]):
        if "% change" not in column.group + column.heading:
            continue
        base = release.year_before if table == "P6" else year_between(column.heading)
        now = release.get(area, KNIFE_OFFENCES, release.year)
        percent = percent_change(now, release.get(area, KNIFE_OFFENCES, base))
        agreed[agrees(text, percent) if is_number(text) else text] += 1
    assert agreed == {key: n for key, n in ((True, numbers), ("N/A", not_given)) if n}


@pytest.mark.parametrize(
    ("table", "measure", "changes", "rates"), [("P8", FIREARMS, 45, 0), ("P9", FRAUD, 54, 54)]
)
def test_firearms_and_fraud(
    releases: dict[str, Release], table: str, measure: str, changes: int, rates: int
) -> None:
    release = releases["Dec 2024"]
    seen = Counter()
    for area, column, text in cells(release.tables[table]):
        now, before = (release.get(area, measure, at) for at in (release.year, release.year_before))
        if not is_number(text):
            continue
        if "change" in column.heading:
            seen["change"] += agrees(text, percent_change(now, before))
        elif "Rate" in column.heading:
            residents = release.get(area, "ons:population", "2023-01-01")
            seen["rate"] += is_within(float(text), now, residents)
    assert (seen["change"], seen["rate"]) == (changes, rates)


def test_rates_of_knife_offences(releases: dict[str, Release], shared_data: Path) -> None:
    release = releases["Dec 2024"]
    mid_2022 = populations_of_mid_2022(shared_data / FILES["Dec 2024"])
    seen: Counter[tuple[int, bool]] = Counter()
    differs = []
    for area, column, text in cells(release.tables["P7"]):
        start = year_between(column.heading)
        if start is None or not is_number(text):
            continue
        count = release.get(area, KNIFE_OFFENCES, start)
        of_2023 = release.get(area, "ons:population", "2023-01-01")
        residents = mid_2022.get(area, np.nan) if start == date(2023, 1, 1) else of_2023
        if not np.isnan(residents):
            off_by = SUMMED if start.year == 2023 and area in COUNTRIES else ROUNDED
            agrees_with_ours = is_within(float(text), count, residents, 100_000, off_by)
            seen[start.year, agrees_with_ours] += 1
            differs += [(area, float(text))] * (not agrees_with_ours)
    assert seen == {(2024, True): 54, (2023, True): 44, (2023, False): 1}
    ((area, printed),) = differs
    assert area == "K04000001"
    of_2024 = release.get(area, KNIFE_OFFENCES, release.year)
    assert is_within(printed, of_2024, mid_2022[area], 100_000, SUMMED)


def populations_of_mid_2022(path: Path) -> dict[str, float]:
    """Of the forces, and of the countries as the sum of their partnerships."""
    reading = ons_csp.read(path)
    rows = reading.observations.query("measure_code == 'ons:population'")
    found = rows.set_index("area_code")["value"].to_dict()
    kind = reading.areas.set_index("area_code")["area_kind"]
    partnerships = rows[rows["area_code"].map(kind).eq("partnership")]
    by_country = partnerships.groupby(partnerships["area_code"].str[0])["value"].sum()
    return found | {
        "E92000001": by_country["E"],
        "W92000004": by_country["W"],
        "K04000001": by_country.sum(),
    }


def test_rates_of_anti_social_behaviour(releases: dict[str, Release]) -> None:
    release = releases["Mar 2018"]
    until_2012, since, off = Counter(), Counter(), [0.0]
    for area, column, text in cells(release.tables["P7"]):
        start = year_between(column.group)
        if start is None or "Rate" not in column.heading or not is_number(text):
            continue
        home = "K04000001" if area.startswith("other:england") else area
        residents = release.get(home, "ons:population", f"{start.year - 1}-01-01")
        count = release.get(area, ASB, start)
        within = is_within(float(text), count, residents)
        (until_2012 if start.year <= 2012 else since)[within] += 1
        off.append(abs(float(text) / rate_per(count, residents) - 1))
    assert until_2012 == {True: 325}
    assert since == {True: 37, False: 238}
    assert max(off) < 0.01
