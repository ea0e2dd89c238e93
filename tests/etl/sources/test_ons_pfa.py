"""The ONS police force area tables: four real releases, a fifth, and what others may look like."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from etl.problems import InputError
from etl.sources import Reading, ons_csp, ons_pfa, recognise
from etl.sources._ons_years import counted_year, mid_year_of, year_between, years_of
from etl.sources._pfa_columns import KNIFE_OFFENCES
from etl.sources._pfa_notes import marks_of

HAMPSHIRE, LANCASHIRE = "E23000030", "E23000003"
ENGLAND_AND_WALES, ENGLAND, WALES = "K04000001", "E92000001", "W92000004"
BRITISH_TRANSPORT_POLICE = "other:british_transport_police"
WITHOUT_GMP = "other:england_and_wales_excluding_greater_manchester_police"
TOTAL = "ons:total_recorded_crime_excluding_fraud"
ASB = "ons:anti_social_behaviour_incidents"
KEY = ["area_code", "measure_code", "period_kind", "period_start"]
MARCH, JUNE, SEPTEMBER, DECEMBER, LATEST = "Mar 2018", "Jun 2018", "Sep 2018", "Dec 2018", "2024"
FILES = {
    MARCH: "ons_pfa/policeforceareatablesyearendingmarch2018v2.xlsx",
    JUNE: "ons_pfa/policeforceareadatatablesyearendingjune2018corrected.xlsx",
    SEPTEMBER: "ons_pfa/policeforceareatablesyearendingsep18corrected.xlsx",
    DECEMBER: "ons_pfa/policeforceareatablesyearendingdecember2018.xlsx",
    LATEST: "ons_csp/policeforceareatablesyedecember2024.xlsx",
}
COUNTED = {
    MARCH: "2017-04-01",
    JUNE: "2017-07-01",
    SEPTEMBER: "2017-10-01",
    DECEMBER: "2018-01-01",
    LATEST: "2024-01-01",
}
OFFENCES = 23
FORCES, REGIONS, COUNTRIES = 43, 9, 3
#: Forces, regions, countries and British Transport Police; all but the last have a population.
ROWS = FORCES + REGIONS + COUNTRIES + 1

Pages = dict[str, list[list[object]]]


@pytest.fixture(scope="module")
def readings(shared_data: Path) -> dict[str, Reading]:
    return {release: ons_pfa.read(shared_data / name) for release, name in FILES.items()}


@pytest.fixture(scope="module")
def partnership_tables(shared_data: Path) -> Reading:
    return ons_csp.read(shared_data / FILES[LATEST])


@pytest.fixture(scope="module")
def values(readings: dict[str, Reading]) -> dict[str, pd.Series]:
    return {release: values_of(reading) for release, reading in readings.items()}


def values_of(reading: Reading) -> pd.Series:
    by = ["area_code", "measure_code", "period_start"]
    return reading.observations.set_index(by)["value"].sort_index()


@pytest.mark.parametrize("release", FILES)
class TestEveryRelease:
    def test_is_recognised_by_content_whatever_its_name(
        self, release: str, shared_data: Path, tmp_path: Path
    ):
        renamed = Path(shutil.copy(shared_data / FILES[release], tmp_path / "download (3).dat"))
        expected = ["ons_csp", "ons_pfa"] if release == LATEST else ["ons_pfa"]
        assert [each.source_id for each in recognise(renamed)] == expected

    def test_nothing_is_wrong_and_nothing_is_lost(self, release: str, readings):
        reading = readings[release]
        assert reading.problems == ()
        assert not reading.observations.duplicated(KEY).any()
        assert reading.rows_read == len(reading.observations) + sum(reading.withheld.values())

    def test_areas(self, release: str, readings):
        areas = readings[release].areas
        assert areas["area_code"].is_unique
        kinds = areas["area_kind"].value_counts()
        assert kinds[["force", "region", "country"]].to_list() == [FORCES, REGIONS, COUNTRIES]
        assert BRITISH_TRANSPORT_POLICE in set(areas["area_code"])
        names = areas.set_index("area_code")["area_name"]
        assert not names.str.contains(r"^\s|\s$|\[|\d|  ").any()
        assert names[[ENGLAND_AND_WALES, ENGLAND]].to_list() == ["England and Wales", "England"]

    def test_all_offences_of_every_area(self, release: str, readings):
        observations = readings[release].observations
        counts = observations[observations["period_start"].eq(pd.Timestamp(COUNTED[release]))]
        others = counts["measure_code"].str.contains("knife|firearm|fraud_and|incidents")
        offences = counts[~others & counts["period_kind"].eq("rolling_year")]
        assert offences.groupby("measure_code").size().eq(ROWS).all()
        assert offences["measure_code"].nunique() == OFFENCES

    def test_measures_are_those_of_the_partnership_tables(
        self, release: str, readings, partnership_tables: Reading
    ):
        of_partnerships = set(partnership_tables.observations["measure_code"])
        assert of_partnerships <= set(readings[release].observations["measure_code"])

    def test_forces_add_up_to_regions_and_these_to_countries(self, release: str, readings, values):
        kind = readings[release].areas.set_index("area_code")["area_kind"]
        wide = values[release].unstack("measure_code").xs(COUNTED[release], level="period_start")
        counts = wide[[TOTAL, "ons:robbery", "ons:homicide", "ons:residential_burglary"]]
        kinds = counts.index.map(kind)
        welsh = counts.index.str.startswith("W")
        assert counts[kinds == "region"].sum().eq(counts.loc[ENGLAND]).all()
        assert counts[(kinds == "force") & ~welsh].sum().eq(counts.loc[ENGLAND]).all()
        assert counts[(kinds == "force") & welsh].sum().eq(counts.loc[WALES]).all()
        together = counts.loc[[ENGLAND, WALES, BRITISH_TRANSPORT_POLICE]].sum()
        assert together.eq(counts.loc[ENGLAND_AND_WALES]).all()


class TestRealFigures:
    def test_no_other_published_file_is_recognised(self, shared_data: Path):
        known = {shared_data / name for name in FILES.values()}
        others = [path for path in shared_data.rglob("*.*") if path not in known]
        assert not [path.name for path in others if ons_pfa.recognises(path)]

    @pytest.mark.parametrize(
        ("release", "read", "withheld"),
        [
            # Bases that P2 implies, in each release of 2018, come last.
            # P1 and P4, and the eight years of P5 (the latest is P4's); populations and households
            # of 15 years; anti-social behaviour of 11 years in 57 rows, of which the country and
            # British Transport Police have none before 2012/13
            (MARCH, ROWS * (OFFENCES + 7 + 7) + 2 * 55 * 15 + 57 * 11 + 1_082, {"..": 2 * 5}),
            # P5 has ten years and two rows more, whose latest year is not in P4; attempted murder
            # with a knife is not given for two forces
            (JUNE, ROWS * (OFFENCES + 7 + 9) + 2 * 10 + 2 * 55 + 1_083, {"-": 2}),
            (SEPTEMBER, ROWS * (OFFENCES + 7 + 9) + 2 * 10 + 2 * 55 + 1_081, {}),
            (DECEMBER, ROWS * (OFFENCES + 7 + 9) + 2 * 10 + 2 * 55 + 1_082, {}),
            # P1 and P4; knife offences of 14 years, firearms of 15 years without British Transport
            # Police, fraud of two years with a row for victims whose force is unknown
            (
                LATEST,
                ROWS * (2 * OFFENCES + 7 + 13) + 2 * 14 + 55 * 15 + ROWS * 2 + 2 * 55,
                {},
            ),
        ],
    )
    def test_counts_per_file(self, readings, release: str, read: int, withheld: dict[str, int]):
        assert readings[release].rows_read == read
        assert readings[release].withheld == withheld

    @pytest.mark.parametrize(
        ("release", "hampshire", "england_and_wales", "transport_police", "burglary"),
        [
            (MARCH, 159_541, 4_876_282, 59_785, 8_058),
            (JUNE, 160_002, 4_978_455, 60_973, 7_710),
            (SEPTEMBER, 160_193, 5_073_131, 62_605, 7_501),
            (DECEMBER, 159_487, 5_153_064, 64_693, 7_612),
            (LATEST, 157_206, 5_350_405, 82_863, 4_331),
        ],
    )
    def test_recorded_crime(
        self, values, release, hampshire, england_and_wales, transport_police, burglary
    ):
        found, year = values[release], COUNTED[release]
        assert found[HAMPSHIRE, TOTAL, year] == hampshire
        assert found[ENGLAND_AND_WALES, TOTAL, year] == england_and_wales
        assert found[BRITISH_TRANSPORT_POLICE, TOTAL, year] == transport_police
        assert found[HAMPSHIRE, "ons:residential_burglary", year] == burglary

    def test_the_year_before_and_denominators(self, values):
        assert values[LATEST][HAMPSHIRE, TOTAL, "2023-01-01"] == 164_294
        assert values[LATEST][ENGLAND_AND_WALES, TOTAL, "2023-01-01"] == 5_483_871
        assert values[LATEST][HAMPSHIRE, "ons:population", "2023-01-01"] == 2_035_900
        assert values[LATEST][HAMPSHIRE, "ons:households", "2021-01-01"] == 840_900
        assert values[DECEMBER][HAMPSHIRE, "ons:population", "2017-01-01"] == 1_978_800
        assert values[MARCH][ENGLAND_AND_WALES, "ons:population", "2002-01-01"] == 52_602_100
        assert values[MARCH]["E23000013", "ons:households", "2016-01-01"] == 242_400

    def test_longer_series(self, values):
        assert values[MARCH][ENGLAND_AND_WALES, KNIFE_OFFENCES, "2010-04-01"] == 32_669
        assert values[LATEST][ENGLAND_AND_WALES, KNIFE_OFFENCES, "2010-04-01"] == 36_068
        knife_robbery = "ons:robbery_offences_involving_a_knife"
        assert values[DECEMBER][HAMPSHIRE, knife_robbery, "2018-01-01"] == 285
        assert values[LATEST][HAMPSHIRE, knife_robbery, "2024-01-01"] == 241
        firearms = "ons:firearm_offences_excluding_air_weapons"
        assert values[LATEST]["E23000032", firearms, "2009-04-01"] == 64
        fraud = "ons:fraud_and_computer_misuse_referred_by_action_fraud"
        assert values[LATEST][HAMPSHIRE, fraud, "2024-01-01"] == 9_757
        assert values[LATEST]["other:unknown", fraud, "2024-01-01"] == 35_998
        assert values[MARCH]["E23000006", ASB, "2017-04-01"] > 0
        assert values[MARCH]["W15000003", ASB, "2007-04-01"] == 117_884

    def test_a_country_without_one_of_its_forces_is_not_the_country(self, values):
        assert values[DECEMBER][WITHOUT_GMP, KNIFE_OFFENCES, "2018-01-01"] == 40_829
        assert values[LATEST][WITHOUT_GMP, KNIFE_OFFENCES, "2024-01-01"] == 51_135
        assert values[MARCH][ENGLAND_AND_WALES, ASB, "2017-04-01"] == 1_661_455
        assert (
            values[MARCH]["other:england_and_wales_excluding_btp", ASB, "2017-04-01"] == 1_632_548
        )
        assert (ENGLAND_AND_WALES, ASB, pd.Timestamp(2007, 4, 1)) not in values[MARCH].index

    def test_force_counts_are_those_of_the_partnership_tables(self, values, partnership_tables):
        """All of both years, which shows that the three differing headings mean the same."""
        partnership = values_of(partnership_tables)
        both = values[LATEST].index.intersection(partnership.index)
        measures = both.get_level_values("measure_code").value_counts()
        assert measures.drop("ons:households").eq(42 * 2).all()
        assert len(measures) == OFFENCES + 1
        assert measures["ons:households"] == 42
        assert values[LATEST][both].eq(partnership[both]).all()

    def test_row_number_is_the_row_of_the_sheet(self, readings, shared_data: Path):
        rows = readings[SEPTEMBER].observations
        printed = rows[rows["status"].eq("final")]
        of_hampshire = printed.query("area_code == @HAMPSHIRE and measure_code == @TOTAL")
        line = of_hampshire["row_number"].item()
        sheet = openpyxl.load_workbook(shared_data / FILES[SEPTEMBER], read_only=True)["Table P1"]
        row = next(sheet.iter_rows(min_row=line, max_row=line, values_only=True))
        assert row[:3] == (HAMPSHIRE, "Hampshire", 160_193)


class TestNotes:
    def test_two_missing_months_make_an_estimate(self, readings):
        """Lancashire gave no figures for November and December 2018."""
        rows = readings[DECEMBER].observations
        estimated = rows[rows["status"].eq("estimated")]
        assert set(estimated["area_code"]) == {LANCASHIRE, ENGLAND_AND_WALES}
        assert estimated.groupby("area_code").size().eq(OFFENCES).all()
        others = [readings[release].observations for release in FILES if release != DECEMBER]
        assert all(rows["status"].isin(["final", "implied"]).all() for rows in others)

    def test_what_they_are_about(self, readings):
        notes = readings[MARCH].notes
        breaks = notes[notes["effect"].eq("break")].set_index("measure_code")
        assert breaks.loc["ons:residential_burglary", "period_start"] == "2017-04-01"
        # the note stands on every year from 2011/12 on: it begins with the first
        assert breaks.loc[ASB, "period_start"] == "2011-04-01"
        assert notes.query("area_code == 'E23000006' and measure_code == @ASB")["statement"].item(
        ).startswith("Cheshire Police were only able to provide data for 11 months")  # fmt: skip

    def test_of_a_sheet_of_notes(self, readings):
        notes = readings[LATEST].notes
        leicestershire = notes.query("area_code == 'E23000021'")
        assert "undercount for Leicestershire" in leicestershire["statement"].item()
        assert leicestershire["effect"].item() == "caution"
        # two notes of the knife tables have the number 10: the first is the one meant
        norfolk = notes.query("area_code == 'E23000024'")
        assert norfolk["statement"].str.startswith("Over the time period").all()

    @pytest.mark.parametrize(
        ("text", "marks"),
        [
            ("Table P1: Crime, number of offences, year ending March 181,2,3", ["1", "2", "3"]),
            ("Table P1: Crime, year ending September 20181,2", ["1", "2"]),
            ("Apr '11 to Mar '125, 6", ["5", "6"]),
            ("Table P9: Mid-year population estimates, 2002 to 20161", ["1"]),
            ("Total recorded crime (excluding fraud) [note 2]", ["2"]),
            ("Table P7: Offences[note 1][note 2][note 5]", ["1", "2", "5"]),
            ("knife offences [note 1,2,3, 4]", ["1", "2", "3", "4"]),
            ("ENGLAND AND WALES10,11", ["10", "11"]),
            ("Population figures (mid-2017)3 rounded to 100", ["3"]),
            ("Apr '10 to Mar '11", []),
            ("rate per 1,000 population", []),
            ("Hampshire", []),
        ],
    )
    def test_marks(self, text: str, marks: list[str]):
        assert marks_of(text) == marks


class TestYears:
    @pytest.mark.parametrize(
        ("title", "start"),
        [
            ("number of offences, year ending March 181,2,3", date(2017, 4, 1)),
            ("year ending June 181,2", date(2017, 7, 1)),
            ("year ending September 20181,2", date(2017, 10, 1)),
            ("year ending December 2024 [note 1]", date(2024, 1, 1)),
            ("YEAR ENDING MARCH 99", date(1998, 4, 1)),
            ("year ending Sept 20", date(2019, 10, 1)),
        ],
    )
    def test_counted(self, title: str, start: date):
        assert counted_year("book.xlsx", title) == start

    def test_of_a_comparison(self):
        title = "percentage change, year ending march 2017 compared with year ending March 20181,2"
        assert years_of(title) == [date(2016, 4, 1), date(2017, 4, 1)]

    @pytest.mark.parametrize(
        ("heading", "start"),
        [
            ("Apr '10 to\n Mar '114", date(2010, 4, 1)),
            ("Apr  2019 to Mar  2020", date(2019, 4, 1)),
            ("Jul ’16 to Jun ’17", date(2016, 7, 1)),
            ("October 2017 to September 2018", date(2017, 10, 1)),
            ("Apr '10 to Mar '12", None),
            ("Robbery", None),
        ],
    )
    def test_between(self, heading: str, start: date | None):
        assert year_between(heading) == start

    @pytest.mark.parametrize(
        ("heading", "start"),
        [
            ("Household figures (mid-2017)4 rounded to 100", date(2017, 1, 1)),
            ("2016", date(2016, 1, 1)),
            ("2016.0", date(2016, 1, 1)),
            ("Population", None),
        ],
    )
    def test_mid_year(self, heading: str, start: date | None):
        assert mid_year_of(heading) == start


@pytest.fixture(scope="module")
def real_pages(shared_data: Path) -> Pages:
    """The tables of the last release of 2018, for some areas, as values."""
    book = openpyxl.load_workbook(shared_data / FILES[DECEMBER], read_only=True)
    kept = ("Hampshire", "Lancashire", "Kent", "London", "City of London")
    pages: Pages = {}
    for name in ("Table P1", "Table P2", "Table P3", "Table P4", "Table P5"):
        rows = [list(row) for row in book[name].iter_rows(values_only=True)]
        pages[name] = rows[:6] + [
            row
            for row in rows[6:]
            if not str(row[0]).startswith("E") or str(row[1]).startswith(kept)
        ]
    return pages


@pytest.fixture
def pages(real_pages: Pages) -> Pages:
    return {name: [list(row) for row in rows] for name, rows in real_pages.items()}


@pytest.fixture
def save(tmp_path: Path) -> Callable[[Pages], Path]:
    return lambda pages: write(tmp_path / "release.xlsx", pages)


@pytest.fixture(scope="module")
def usual(real_pages: Pages, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return ons_pfa.read(write(tmp_path_factory.mktemp("usual") / "release.xlsx", real_pages))


def write(path: Path, pages: Pages) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in pages.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def same_figures(one: Reading, other: Reading) -> bool:
    """Whether two readings hold the same figures and areas, in whatever rows."""
    figures = [
        reading.observations.drop(columns=["row_number", "status"]).sort_values(KEY)
        for reading in (one, other)
    ]
    areas = [set(reading.areas["area_code"]) for reading in (one, other)]
    return (
        figures[0].reset_index(drop=True).equals(figures[1].reset_index(drop=True))
        and areas[0] == areas[1]
        and not one.problems + other.problems
    )


def row_of(pages: Pages, sheet: str, name: str) -> list[object]:
    return next(row for row in pages[sheet] if str(row[1]).startswith(name))


class TestOtherLayouts:
    def test_the_sheets_are_read_at_all(self, usual):
        assert len(usual.observations) > 200
        assert usual.problems == ()

    def test_sheets_in_another_order_under_other_names(self, usual, save, pages):
        renamed = {f" {n} PFA ": pages[name] for n, name in enumerate(reversed(list(pages)))}
        path = save(renamed)
        assert ons_pfa.recognises(path)
        assert same_figures(ons_pfa.read(path), usual)

    @pytest.mark.parametrize("rows_above", [1, 4])
    def test_a_deeper_header(self, usual, save, pages, rows_above):
        deeper = {
            name: [[None]] * rows_above + [rows[0]] + [["A line of explanation"]] * 3 + rows[1:]
            for name, rows in pages.items()
        }
        assert same_figures(ons_pfa.read(save(deeper)), usual)

    def test_a_header_of_one_row(self, usual, save, pages):
        """As in later releases: nothing above the headings, and no row of units."""
        rows = pages["Table P1"]
        headings = [low or high for low, high in zip(rows[4], rows[3], strict=True)]
        pages["Table P1"] = [rows[0], headings, *rows[6:]]
        assert same_figures(ons_pfa.read(save(pages)), usual)

    def test_headings_below_the_row_of_the_area_headings(self, usual, save, pages):
        for name in ("Table P1", "Table P4", "Table P5"):
            rows = pages[name]
            rows[3][:2], rows[4][:2] = rows[4][:2], rows[3][:2]
        assert same_figures(ons_pfa.read(save(pages)), usual)

    def test_case_spaces_and_wordier_area_headings(self, usual, save, pages):
        for rows in pages.values():
            rows[0][0] = str(rows[0][0]).upper()
            rows[4][:2] = ["Police Force Area Code", " Police Force \nArea Name [note 3]"]
            for row in rows[6:]:
                row[1] = f" \n{row[1]}\xa0" if row[1] else None
        assert same_figures(ons_pfa.read(save(pages)), usual)

    def test_bracketed_notes_and_figures_as_text(self, usual, save, pages):
        for row in pages["Table P1"][6:]:
            if isinstance(row[2], int):
                row[1] = f"{row[1]} [note 8]"
                row[2:] = [f"{cell:,}" if isinstance(cell, int) else cell for cell in row[2:]]
        assert same_figures(ons_pfa.read(save(pages)), usual)

    def test_a_note_mark_stuck_to_a_code(self, usual, save, pages):
        """As in table P2 of the year ending June 2018: E230000246 for Norfolk."""
        row_of(pages, "Table P1", "Kent")[0] = "E230000327"
        assert same_figures(ons_pfa.read(save(pages)), usual)

    def test_blank_rows_and_fewer_columns(self, usual, save, pages):
        rows = pages["Table P1"]
        column = rows[4].index("Homicide")
        for row in rows[3:]:
            del row[column]
        rows[8:8] = [[None], [None]]
        fewer = ons_pfa.read(save(pages)).observations["measure_code"]
        assert set(usual.observations["measure_code"]) - set(fewer) == {"ons:homicide"}

    def test_a_hidden_copy_of_a_sheet_changes_nothing(self, usual, save, pages):
        copied = ons_pfa.read(save({**pages, "old P1": pages["Table P1"]}))
        assert same_figures(copied, usual)
        assert copied.rows_read == usual.rows_read

    def test_domestic_burglary_is_not_residential_burglary(self, save, pages):
        heading = pages["Table P1"][4]
        heading[heading.index("Residential burglary5,6")] = "Domestic burglary5,6"
        found = set(ons_pfa.read(save(pages)).observations["measure_code"])
        assert "ons:domestic_burglary" in found
        assert "ons:residential_burglary" not in found


class TestCells:
    def test_a_marker_is_counted_and_is_no_error(self, usual, save, pages):
        markers = ["[x]", "[ z ]", "[u1]", "..", "-", ":", "+"]
        row_of(pages, "Table P1", "Kent")[4:11] = markers
        found = ons_pfa.read(save(pages))
        assert found.problems == ()
        assert found.withheld == usual.withheld | dict.fromkeys(markers, 1)

    def test_a_blank_is_not_a_zero(self, usual, save, pages):
        row_of(pages, "Table P1", "Kent")[2] = None
        found = ons_pfa.read(save(pages))
        assert found.withheld.get("blank", 0) == usual.withheld.get("blank", 0) + 1
        # nor can its base be told
        assert len(found.observations) == len(usual.observations) - 2

    @pytest.mark.parametrize("cell", ["12a", "1,23", "12.5", "n.k.", "#REF"])
    def test_what_is_no_number_is_a_problem(self, usual, save, pages, cell):
        row_of(pages, "Table P1", "Kent")[5] = cell
        found = ons_pfa.read(save(pages))
        (problem,) = found.problems
        assert (problem.value, problem.column) == (cell, "Victim-based crime: Homicide")
        assert problem.file == "release.xlsx, sheet Table P1"
        assert len(found.observations) == len(usual.observations) - 1

    def test_two_tables_that_contradict_each_other(self, save, pages):
        """The latest year of offences with a knife stands in two tables."""
        row_of(pages, "Table P4", "Kent")[2] += 1
        rules = {problem.rule for problem in ons_pfa.read(save(pages)).problems}
        assert rules == {"E23000032 has another figure of this period in the same workbook"}

    @pytest.mark.parametrize("code", ["E2300003", "E07000084", "X99999999", "E230000321234"])
    def test_a_code_of_no_force(self, save, pages, code):
        for sheet in pages:
            row_of(pages, sheet, "Kent")[0] = code
        problems = ons_pfa.read(save(pages)).problems
        assert {(problem.value, problem.column) for problem in problems} == {(code, "Area Code")}

    def test_codes_that_slipped_down_a_row(self, save, pages):
        """Only the other sheets give it away: both codes exist."""
        rows = [row for row in pages["Table P1"] if str(row[0]).startswith("E23")]
        codes = [row[0] for row in rows]
        for row, code in zip(rows, codes[1:] + codes[:1], strict=True):
            row[0] = code
        problems = ons_pfa.read(save(pages)).problems
        slipped = [p for p in problems if "sheet Table P1" in p.file]
        assert len(slipped) == len(rows)
        assert all("another sheet gives" in problem.rule for problem in slipped)

    def test_a_force_without_its_code_is_not_something_else(self, save, pages):
        row_of(pages, "Table P1", "Kent")[0] = None
        found = ons_pfa.read(save(pages))
        assert "another sheet gives Kent the code E23000032" in {p.rule for p in found.problems}
        assert "other:kent" not in set(found.areas["area_code"])

    def test_figures_without_an_area(self, save, pages):
        row_of(pages, "Table P1", "Kent")[:2] = [None, None]
        (problem,) = ons_pfa.read(save(pages)).problems
        assert problem.rule == "a row of figures has no area"


class TestBases:
    """The year before, from the percentage changes of table P2."""

    def test_they_are_whole_numbers_with_a_status_of_their_own(self, usual, pages):
        bases = usual.observations[usual.observations["status"].eq("implied")]
        assert bases["period_start"].eq(pd.Timestamp("2017-01-01")).all()
        assert bases["value"].eq(bases["lower"]).all()
        assert bases["value"].eq(bases["upper"]).all()
        now, percent = (row_of(pages, f"Table {name}", "Kent")[2] for name in ("P1", "P2"))
        of_kent = bases.query("area_code == 'E23000032' and measure_code == @TOTAL")
        assert of_kent["value"].item() == pytest.approx(now / (1 + percent / 100), abs=1e-4)

    def test_rounded_percentages_leave_several_that_give_them(self, usual, save, pages):
        for row in pages["Table P2"][6:]:
            row[2:] = [round(cell) if isinstance(cell, float) else cell for cell in row[2:]]
        found = values_with_limits(ons_pfa.read(save(pages)))
        exact = values_with_limits(usual)["value"]
        within = found["lower"].le(exact) & exact.le(found["upper"])
        assert within.all()
        assert found["lower"].lt(found["upper"]).any()

    def test_a_base_that_is_printed_is_not_implied(self, save, pages):
        longer = [[*row] for row in pages["Table P1"]]
        longer[0][0] = str(longer[0][0]).replace("December 18", "December 17")
        both = ons_pfa.read(save({**pages, "Table P1 before": longer}))
        assert not both.observations["status"].eq("implied").any()

    def test_a_change_that_no_whole_number_gives_is_a_problem(self, usual, save, pages):
        row_of(pages, "Table P1", "Kent")[2] += 1
        found = ons_pfa.read(save(pages))
        (problem,) = found.problems
        assert problem.file == "release.xlsx, sheet Table P2"
        assert problem.rule.startswith("no whole number of offences in the year before gives this")
        assert found.rows_read == usual.rows_read

    @pytest.mark.parametrize("cell", ["-", "[u]", -100, None])
    def test_no_change_no_base(self, usual, save, pages, cell):
        row_of(pages, "Table P2", "Kent")[2] = cell
        found = ons_pfa.read(save(pages))
        assert found.problems == ()
        assert len(found.observations) == len(usual.observations) - 1

    def test_changes_on_another_year_are_left_alone(self, save, pages):
        pages["Table P2"][0][0] = str(pages["Table P2"][0][0]).replace("2017", "2015")
        assert not ons_pfa.read(save(pages)).observations["status"].eq("implied").any()


def values_with_limits(reading: Reading) -> pd.DataFrame:
    rows = reading.observations[reading.observations["status"].eq("implied")]
    return rows.set_index(["area_code", "measure_code"])[["value", "lower", "upper"]].sort_index()


class TestUnusable:
    def test_a_truncated_workbook(self, shared_data: Path, tmp_path: Path):
        whole = (shared_data / FILES[DECEMBER]).read_bytes()
        cut = tmp_path / "cut.xlsx"
        cut.write_bytes(whole[: len(whole) // 2])
        assert not ons_pfa.recognises(cut)
        with pytest.raises(InputError, match="not a whole Excel workbook"):
            ons_pfa.read(cut)

    def test_only_percentages(self, save, pages):
        path = save({"Table P2": pages["Table P2"]})
        with pytest.raises(InputError, match="no sheet counts offences"):
            ons_pfa.read(path)


class TestSheetsThatCannotBeRead:
    """They are left out, and told; the rest of the workbook is read."""

    @staticmethod
    def gone(found: Reading, usual: Reading) -> pd.DataFrame:
        """What is missing of a reading; nothing else is another figure."""
        columns = [each.observations[[*KEY, "value"]] for each in (usual, found)]
        both = columns[0].merge(columns[1], how="outer", on=[*KEY, "value"], indicator=True)
        assert not both["_merge"].eq("right_only").any()
        return both[both["_merge"].eq("left_only")]

    def test_no_year_in_the_title(self, usual, save, pages):
        pages["Table P1"][0][0] = (
            "Table P1: Police recorded crime by offence group and police force"
        )
        found = ons_pfa.read(save(pages))
        (problem,) = found.problems
        assert problem.rule.startswith("the title does not say of which")
        assert not self.gone(found, usual)["measure_code"].str.contains("knife|popul").any()

    def test_a_period_that_is_not_twelve_months(self, usual, save, pages):
        pages["Table P5"][3][2] = "Apr '10 to Mar '12"
        found = ons_pfa.read(save(pages))
        (problem,) = found.problems
        assert "the title does not say" in problem.rule
        gone = self.gone(found, usual)
        assert gone["period_start"].eq(pd.Timestamp("2010-04-01")).all()

    @pytest.mark.parametrize("heading", ["Area Code", "Area Name"])
    def test_no_area_heading(self, usual, save, pages, heading):
        pages["Table P1"][4][0 if heading == "Area Code" else 1] = "?"
        found = ons_pfa.read(save(pages))
        (problem,) = found.problems
        assert problem.rule == f'no column has the heading "{heading}"'
        assert len(self.gone(found, usual))

    def test_a_heading_twice(self, usual, save, pages):
        pages["Table P1"][4][6] = "Homicide"
        found = ons_pfa.read(save(pages))
        assert [each.rule for each in found.problems] == ["two columns have this heading"]
        assert set(self.gone(found, usual)["measure_code"]) == {
            "ons:homicide", "ons:violence_with_injury",
        }  # fmt: skip

    @pytest.mark.parametrize("heading", [None, "."])
    def test_a_column_without_heading(self, usual, save, pages, heading):
        pages["Table P1"][4][5] = heading
        found = ons_pfa.read(save(pages))
        assert [each.rule for each in found.problems] == ["a column has no heading"]
        assert set(self.gone(found, usual)["measure_code"]) == {"ons:homicide"}

    def test_no_rows(self, usual, save, pages):
        pages["Table P1"] = pages["Table P1"][:6]
        found = ons_pfa.read(save(pages))
        assert [each.rule for each in found.problems] == ["no row with an area's code follows"]
        assert len(self.gone(found, usual))

    def test_a_name_that_is_a_dot(self, usual, save, pages):
        row_of(pages, "Table P1", "Kent")[1] = "."
        found = ons_pfa.read(save(pages))
        assert [each.rule for each in found.problems] == ["a row of figures has no area"]
