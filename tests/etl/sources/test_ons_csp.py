"""The ONS partnership tables: the real workbook, and what other releases may look like."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from etl.observation import KEY, measure_name
from etl.problems import InputError
from etl.sources import Reading, _sheet_pieces, _workbook, ons_csp, recognise
from etl.sources._ons_figures import BLANK

SOUTHAMPTON = "E22000120"
TOTAL = "ons:total_recorded_crime_excluding_fraud"
YEAR_2024, YEAR_2023 = pd.Timestamp(2024, 1, 1), pd.Timestamp(2023, 1, 1)
MEASURES = 23
COUNTS_2024, COUNTS_2023, RATES, COMBINED = "Table C2", "Table C5", "Table C4", "Table C1"
HEADER = 7

Pages = dict[str, list[list[object]]]
Rows = list[list[object]]


@pytest.fixture(scope="module")
def workbook(shared_data: Path) -> Path:
    return shared_data / "ons_csp" / "policeforceareatablesyedecember2024.xlsx"


@pytest.fixture(scope="module")
def reading(workbook: Path) -> Reading:
    return ons_csp.read(workbook)


@pytest.fixture(scope="module")
def values(reading: Reading) -> pd.Series:
    return reading.observations.set_index(["area_code", "measure_code", "period_start"])["value"]


class TestRealWorkbook:
    def test_is_recognised_by_content_whatever_its_name(self, workbook: Path, tmp_path: Path):
        renamed = shutil.copy(workbook, tmp_path / "download (3).dat")
        assert [each.source_id for each in recognise(Path(renamed))] == ["ons_csp", "ons_pfa"]

    def test_the_first_rows_of_long_sheets_are_enough(
        self, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        copy = Path(shutil.copy(workbook, tmp_path / "long.xlsx"))
        monkeypatch.setattr(_sheet_pieces, "LONG_BYTES", 10_000)
        monkeypatch.setattr(_sheet_pieces, "TOP_BYTES", 20_000)
        whole = [each.cells.head(8) for each in _workbook.read_sheets(copy)]
        tops = [each.cells for each in _workbook.read_sheets(copy, first_rows=8)]
        for all_rows, top in zip(whole, tops, strict=True):
            texts = [row[row != ""].tolist() for row in top.to_numpy(dtype=object)]
            rows = all_rows.loc[top.index].to_numpy(dtype=object)
            assert texts == [row[row != ""].tolist() for row in rows]
        assert [each.source_id for each in recognise(copy)] == ["ons_csp", "ons_pfa"]

    def test_other_published_files_are_not_recognised(self, workbook: Path, shared_data: Path):
        others = [path for path in shared_data.rglob("*.*") if path != workbook]
        assert len([path for path in others if path.suffix == ".xlsx"]) >= 4
        assert not [path.name for path in others if ons_csp.recognises(path)]

    def test_of_one_area_the_publisher_gives_no_rates_and_says_why(self, reading: Reading):
        (note,) = reading.notes.to_dict("records")
        assert (note["area_code"], note["effect"]) == ("E22000180", "no_rate")
        assert note["statement"] == (
            "Rates per 1,000 population are not presented for City of London owing to its small "
            "resident population."
        )

    def test_areas(self, reading: Reading):
        assert reading.areas["area_kind"].value_counts().to_dict() == {
            "partnership": 314, "force": 42, "unassigned": 42, "other": 1,
        }  # fmt: skip
        assert reading.areas["area_code"].is_unique
        assert not reading.areas["area_name"].str.contains(r"^\s|\s$|\[|  ").any()
        assert not reading.areas["force_name"].str.contains(r"^\s|\s$|\[|  ").any()

    def test_observations(self, reading: Reading):
        # 399 rows x 23 offences x 2 years, less the blank ones; 356 rows have denominators
        assert reading.observations.groupby(["period_kind", "period_start"]).size().to_dict() == {
            ("rolling_year", YEAR_2023): 399 * MEASURES - 46,
            ("rolling_year", YEAR_2024): 399 * MEASURES - 23,
            ("year", pd.Timestamp(2021, 1, 1)): 356,
            ("year", pd.Timestamp(2022, 1, 1)): 356,
        }
        assert len(reading.observations) == 18_997
        assert not reading.observations.duplicated(KEY).any()
        assert reading.observations["measure_code"].nunique() == MEASURES + 2
        assert reading.problems == ()

    def test_withheld_cells_are_counted_by_marker(self, reading: Reading):
        # [x] and [X]: two denominators of 42 unassigned rows and of Manchester Airport.
        # Blank: counts of unassigned Surrey in both years, of unassigned Gwent in 2023.
        assert reading.withheld == {"[x]": 43 * 2, BLANK: 3 * MEASURES}
        assert reading.rows_read == len(reading.observations) + sum(reading.withheld.values())

    def test_southampton(self, values: pd.Series):
        assert values[SOUTHAMPTON, TOTAL, YEAR_2024] == 31_505
        assert values[SOUTHAMPTON, TOTAL, YEAR_2023] == 33_739
        assert values[SOUTHAMPTON, "ons:residential_burglary", YEAR_2024] == 910
        assert values[SOUTHAMPTON, "ons:population", pd.Timestamp(2022, 1, 1)] == 252_700
        assert values[SOUTHAMPTON, "ons:households", pd.Timestamp(2021, 1, 1)] == 102_300

    def test_row_number_is_the_row_of_the_sheet(self, reading: Reading, workbook: Path):
        found = reading.observations.set_index(["area_code", "measure_code", "period_start"])
        line = int(found.loc[(SOUTHAMPTON, TOTAL, YEAR_2024), "row_number"])
        sheet = openpyxl.load_workbook(workbook, read_only=True)[COUNTS_2024]
        row = next(sheet.iter_rows(min_row=line, max_row=line, values_only=True))
        assert (row[2], row[6]) == (SOUTHAMPTON, 31_505)

    def test_unassigned_rows_belong_to_the_force_they_name(
        self, reading: Reading, values: pd.Series
    ):
        areas = reading.areas.set_index("area_code")
        # the workbook gives unassigned Gwent South Wales' code, and unassigned Surrey Kent's
        assert areas.loc["unassigned:W15000002", "force_name"] == "Gwent"
        assert areas.loc["unassigned:E23000031", "area_name"] == "Unassigned Surrey"
        assert values["unassigned:W15000002", TOTAL, YEAR_2024] == 1
        assert values["unassigned:W15000003", TOTAL, YEAR_2024] == 1_467
        assert values["unassigned:E23000032", TOTAL, YEAR_2024] == 2_354
        assert "unassigned:E23000031" not in values.index.get_level_values(0)
        assert areas.loc["unassigned:E23000001", "area_name"] == "Unassigned Metropolitan Police"

    def test_a_place_outside_every_partnership(self, reading: Reading, values: pd.Series):
        airport = reading.areas.set_index("area_code").loc["other:manchester_airport"]
        assert (airport["area_kind"], airport["force_code"]) == ("other", "E23000005")
        assert values["other:manchester_airport", TOTAL, YEAR_2024] == 1_684

    def test_the_parts_of_every_force_add_up_to_its_total(self, reading: Reading):
        counts = reading.observations.query("period_kind == 'rolling_year'")
        counts = counts.merge(reading.areas, on="area_code")
        whole = counts["area_kind"].eq("force")
        key = ["force_code", "measure_code", "period_start"]
        totals = counts[whole].set_index(key)["value"]
        parts = counts[~whole].groupby(key)["value"].sum()
        assert len(totals) == 42 * MEASURES * 2
        assert parts.loc[totals.index].eq(totals).all()
        # City of London has a partnership and no row of its own as a force
        assert set(counts["force_code"]) - set(counts[whole]["force_code"]) == {"E23000034"}

    def test_city_of_london(self, reading: Reading, values: pd.Series):
        city = reading.areas.set_index("area_code").loc["E22000180"]
        assert city.to_list() == [
            "City of London", "partnership", "E23000034", "City of London", "E09000001",
        ]  # fmt: skip
        assert values["E22000180", TOTAL, YEAR_2024] == 9_270
        assert values["E22000180", "ons:population", pd.Timestamp(2022, 1, 1)] == 10_800

    def test_offence_groups_add_up_to_the_total(self, values: pd.Series):
        wide = values.unstack("measure_code")
        groups = [
            "violence_against_the_person", "sexual_offences", "robbery", "theft_offences",
            "criminal_damage_and_arson", "drug_offences", "possession_of_weapons_offences",
            "public_order_offences", "miscellaneous_crimes_against_society",
        ]  # fmt: skip
        counted = wide.dropna(subset=[TOTAL])
        assert counted[[f"ons:{group}" for group in groups]].sum(axis=1).eq(counted[TOTAL]).all()

    def test_authorities_and_forces_agree_with_the_ons_lookup(
        self, reading: Reading, shared_data: Path
    ):
        lookup = pd.read_csv(shared_data / "lookups" / "lookup_ltla24_csp24_pfa24.csv")
        partnerships = reading.areas.query("area_kind == 'partnership'").set_index("area_code")
        stated = partnerships["local_authority_codes"].str.split(";").map(sorted)
        looked_up = lookup.groupby("csp24_code")["ltla24_code"].agg(sorted)
        differs = stated[stated.ne(looked_up)]
        # The workbook keeps Cumbria's districts, abolished in April 2023; the lookup gives
        # Dorset part of Bournemouth, Christchurch and Poole.
        assert set(partnerships.loc[differs.index, "force_name"]) == {"Cumbria", "Dorset"}
        assert len(differs) == 6 + 1
        assert stated["E22000374"] == ["E07000084", "E07000089", "E07000092"]
        forces = lookup.groupby("csp24_code")["pfa24_code"].first()
        assert partnerships["force_code"].eq(forces).all()

    def test_one_authority_can_stand_under_several_partnerships(self, reading: Reading):
        held = reading.areas["local_authority_codes"].eq("E06000060")
        assert sorted(reading.areas.loc[held, "area_name"]) == [
            "Aylesbury Vale", "Chiltern", "South Bucks", "Wycombe",
        ]  # fmt: skip


@pytest.fixture(scope="module")
def real_pages(workbook: Path) -> Pages:
    """The rows of the partnership sheets, for a few forces, as values."""
    book = openpyxl.load_workbook(workbook, read_only=True)
    forces = ("Gwent", "South Wales", "Surrey", "Kent", "Hampshire", "Leicestershire", "City")
    pages: Pages = {}
    for name in (COMBINED, COUNTS_2024, "Table C3", RATES, COUNTS_2023):
        rows = [list(row) for row in book[name].iter_rows(values_only=True)]
        kept = rows[HEADER + 1 :]
        if name != COMBINED:
            kept = [row for row in kept if str(row[1]).startswith(forces)]
        pages[name] = rows[: HEADER + 1] + kept
    return pages


@pytest.fixture
def pages(real_pages: Pages) -> Pages:
    return {name: [list(row) for row in rows] for name, rows in real_pages.items()}


@pytest.fixture
def save(tmp_path: Path) -> Callable[[Pages], Path]:
    return lambda pages: write(tmp_path / "release.xlsx", pages)


@pytest.fixture(scope="module")
def usual(real_pages: Pages, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return ons_csp.read(write(tmp_path_factory.mktemp("usual") / "release.xlsx", real_pages))


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
        reading.observations.drop(columns="row_number").sort_values(KEY).reset_index(drop=True)
        for reading in (one, other)
    ]
    areas = [
        reading.areas.sort_values("area_code").reset_index(drop=True) for reading in (one, other)
    ]
    return figures[0].equals(figures[1]) and areas[0].equals(areas[1])


class TestOtherLayouts:
    def test_sheets_in_another_order_under_other_names(self, usual, save, pages):
        renamed = {f" sheet {n} ": pages[name] for n, name in enumerate(reversed(list(pages)))}
        path = save(renamed)
        assert ons_csp.recognises(path)
        assert same_figures(ons_csp.read(path), usual)

    @pytest.mark.parametrize("rows_above", [1, 5])
    def test_a_deeper_header(self, usual, save, pages, rows_above):
        shifted = {
            name: [[None]] * rows_above + [rows[0]] + [["A line of explanation"]] * 3 + rows[1:]
            for name, rows in pages.items()
        }
        path = save(shifted)
        assert ons_csp.recognises(path)
        deeper = ons_csp.read(path)
        assert same_figures(deeper, usual)
        moved = deeper.observations["row_number"] - usual.observations["row_number"]
        assert moved.eq(rows_above + 3).all()

    def test_a_header_without_lines_above_but_the_title(self, usual, save, pages):
        shallow = {name: [rows[0], *rows[HEADER:]] for name, rows in pages.items()}
        shallow[COMBINED] = pages[COMBINED]
        assert same_figures(ons_csp.read(save(shallow)), usual)

    def test_columns_in_another_order(self, usual, save, pages):
        for name, rows in pages.items():
            if name != COMBINED:
                rows[1:] = [row[::-1] for row in rows[1:]]
        path = save(pages)
        assert ons_csp.recognises(path)
        assert same_figures(ons_csp.read(path), usual)

    def test_stray_spaces_line_breaks_and_case(self, usual, save, pages):
        for rows in pages.values():
            for row in rows:
                row[:] = [
                    f" \n{cell.replace(' ', '  ')}\xa0" if isinstance(cell, str) else cell
                    for cell in row
                ]
            rows[HEADER] = [cell.upper() for cell in map(str, rows[HEADER])]
        assert same_figures(ons_csp.read(save(pages)), usual)

    def test_figures_written_as_text(self, usual, save, pages):
        for name in (COUNTS_2024, RATES):
            for row in pages[name][HEADER + 1 :]:
                row[6:8] = [f"{c:,}" if isinstance(c, int) else c for c in row[6:8]]
        assert same_figures(ons_csp.read(save(pages)), usual)

    def test_a_heading_merged_with_the_row_above_and_a_row_of_units(self, usual, save, pages):
        rows = pages[COUNTS_2024]
        rows[HEADER - 1] = [None] * 6 + [rows[HEADER][6], "Headline offences"]
        rows[HEADER][6] = None
        rows.insert(HEADER + 1, [None] * 6 + ["Numbers"])
        rows.append(["1. Some offences are not given a place."])
        assert same_figures(ons_csp.read(save(pages)), usual)

    def test_note_digits_on_headings_and_names(self, usual, save, pages):
        rows = pages[COUNTS_2024]
        rows[HEADER][6] = "Total recorded crime (excluding fraud3,4)"
        for row in rows[HEADER + 1 :]:
            row[1] = f"{str(row[1]).strip()} [notes 3 and 7]"
        assert same_figures(ons_csp.read(save(pages)), usual)

    def test_another_set_of_columns(self, usual, save, pages):
        for name in (COUNTS_2024, COUNTS_2023):
            for row in pages[name][HEADER:]:
                del row[8]
        assert pages[COUNTS_2024][HEADER][7] == "Violence against the person"
        fewer = ons_csp.read(save(pages)).observations["measure_code"]
        assert set(usual.observations["measure_code"]) - set(fewer) == {"ons:homicide"}

    def test_a_contents_sheet_with_titles_is_not_a_table(self, usual, save, pages):
        contents: Rows = [["Contents"], *[[rows[0][0]] for rows in pages.values()]]
        assert same_figures(ons_csp.read(save({"Contents": contents, **pages})), usual)

    def test_a_hidden_copy_of_a_sheet_changes_nothing(self, usual, save, pages):
        copied = ons_csp.read(save({**pages, "old C2": pages[COUNTS_2024]}))
        assert same_figures(copied, usual)
        assert copied.rows_read == usual.rows_read

    def test_one_year_alone_without_percentages(self, usual, save, pages):
        one_year = ons_csp.read(save({COUNTS_2024: pages[COUNTS_2024]})).observations
        expected = usual.observations.query("period_start == @YEAR_2024")
        assert one_year["value"].to_list() == expected["value"].to_list()

    def test_the_year_comes_from_titles_and_headings(self, save, pages):
        later = {
            name: [
                [
                    cell.replace("December 2024", "Sept 2031").replace("mid-2022", "Mid 2030")
                    if isinstance(cell, str) else cell
                    for cell in row
                ]
                for row in rows
            ]
            for name, rows in pages.items()
        }  # fmt: skip
        found = ons_csp.read(save(later)).observations
        starts = found.groupby("measure_code")["period_start"].max()
        assert starts[TOTAL] == pd.Timestamp(2030, 10, 1)
        assert starts["ons:population"] == pd.Timestamp(2030, 1, 1)


class TestCells:
    def test_a_marker_is_counted_and_is_no_error(self, usual, save, pages):
        markers = ["[x]", "[X]", "[u]", "[u1]", "[c]", "[z]", "[low]", "..", "-", " [x] "]
        for row, marker in zip(pages[COUNTS_2024][HEADER + 1 :], markers, strict=False):
            row[6] = marker
        found = ons_csp.read(save(pages))
        added = Counter(found.withheld) - Counter(usual.withheld)
        assert added == Counter(marker.strip().lower() for marker in markers)
        assert len(found.observations) == len(usual.observations) - len(markers)
        assert found.problems == ()

    def test_only_a_row_without_any_rate_is_one_of_an_area_without_rates(self, usual, save, pages):
        rows = [row for row in pages[RATES] if str(row[2]).startswith("E22")]
        first, second, third = [row for row in rows if row[2] != "E22000180"][:3]
        first[8:] = ["[u1]"] * len(first[8:])
        second[8] = "[u1]"
        third[8:] = ["[x]"] * len(third[8:])
        found = ons_csp.read(save(pages)).notes
        new = set(found["area_code"]) - set(usual.notes["area_code"])
        assert new == {first[2]}

    def test_any_other_text_is_a_problem_with_its_place(self, save, pages):
        texts = ["[q]", "n/a", "12.5", "1,2,3", "12,5", "1e3", "nan", "inf", "\u0663", "9" * 400]
        for row, text in zip(pages[COUNTS_2024][HEADER + 1 :], texts, strict=False):
            row[9] = text
        found = ons_csp.read(save(pages))
        assert [problem.value for problem in found.problems] == texts
        lines = range(HEADER + 2, HEADER + 2 + len(texts))
        for problem, line in zip(found.problems, lines, strict=True):
            assert (problem.file, problem.line) == ("release.xlsx, sheet Table C2", line)
            assert problem.column == "Death or serious injury caused by illegal driving"
            assert problem.rule == "this is not a number"
        accounted_for = len(found.observations) + sum(found.withheld.values()) + len(texts)
        assert found.rows_read == accounted_for

    def test_a_negative_count_is_a_correction_and_counts(self, save, pages):
        pages[COUNTS_2024][HEADER + 1][8] = -3
        found = ons_csp.read(save(pages))
        assert found.problems == ()
        assert found.observations["value"].min() == -3

    @pytest.mark.parametrize("population", [0, -100])
    def test_nobody_lives_in_no_place(self, save, pages, population):
        pages[RATES][HEADER + 1][6] = population
        (problem,) = ons_csp.read(save(pages)).problems
        assert problem.column == "Population figures (mid-2022) - rounded to 100"
        assert problem.rule == "this is not a count of people"

    def test_an_error_cell_is_a_problem(self, tmp_path, save, pages):
        path = tmp_path / "error.xlsx"
        book = openpyxl.load_workbook(save(pages))
        cell = book[COUNTS_2024].cell(HEADER + 2, 7)
        cell.value, cell.data_type = "#DIV/0!", "e"
        book.save(path)
        (problem,) = ons_csp.read(path).problems
        assert (problem.line, problem.rule) == (HEADER + 2, "this is not a number")

    def test_a_key_with_two_values_is_a_problem_in_both_places(self, save, pages):
        again = list(pages[COUNTS_2024][HEADER + 1])
        again[6] += 1
        pages[COUNTS_2024].append(again)
        found = ons_csp.read(save(pages))
        lines = [problem.line for problem in found.problems]
        assert lines == [HEADER + 2, len(pages[COUNTS_2024])]
        assert {problem.column for problem in found.problems} == {
            "Total recorded crime (excluding fraud)"
        }

    @pytest.mark.parametrize(
        ("column", "value", "rule"),
        [
            (2, "E0700012", "not the code of a Community Safety Partnership"),
            (2, None, "a partnership has no code"),
        ],
    )
    def test_a_partnership_with_a_wrong_code_is_a_problem(self, save, pages, column, value, rule):
        rows = pages[COUNTS_2024]
        line = next(n for n, row in enumerate(rows, 1) if row[2] == SOUTHAMPTON)
        rows[line - 1][column] = value
        (problem,) = ons_csp.read(save(pages)).problems
        assert rule in problem.rule
        assert (problem.line, problem.column) == (line, "Community Safety Partnership code")

    def test_a_total_without_code_and_an_unassigned_row_of_no_known_force(self, save, pages):
        row = list(pages[COUNTS_2024][HEADER + 1])
        row[0:6] = [None, "Ruritania", None, "Unassigned Ruritania", None, None]
        total = [None, "Ruritania", None, None, None, None, *row[6:]]
        pages[COUNTS_2024] += [row, total]
        rules = [problem.rule for problem in ons_csp.read(save(pages)).problems]
        assert rules == [
            "no force of this name has a code",
            "this is not the code of a police force area (E23... or W15...)",
        ]


class TestUnusableWorkbooks:
    @pytest.mark.parametrize("share", [0.001, 0.3, 0.9, 0.9999])
    def test_cut_short(self, workbook: Path, tmp_path: Path, share: float):
        whole = workbook.read_bytes()
        cut = tmp_path / "cut.xlsx"
        cut.write_bytes(whole[: int(len(whole) * share)])
        assert not ons_csp.recognises(cut)
        with pytest.raises(InputError, match="cut short"):
            recognise(cut)
        with pytest.raises(InputError, match="not a whole Excel workbook"):
            ons_csp.read(cut)

    @pytest.mark.parametrize("at", [0.2, 0.4, 0.6, 0.8])
    def test_damaged_inside(self, workbook: Path, tmp_path: Path, at: float):
        damaged = bytearray(workbook.read_bytes())
        start = int(len(damaged) * at)
        damaged[start : start + 2_000] = bytes(2_000)
        path = tmp_path / "damaged.xlsx"
        path.write_bytes(damaged)
        assert not ons_csp.recognises(path)
        with pytest.raises(InputError, match="damaged"):
            ons_csp.read(path)

    def test_tables_by_police_force_only(self, shared_data: Path):
        for path in sorted((shared_data / "ons_pfa").glob("*.xlsx")):
            with pytest.raises(InputError, match="no sheet counts crimes by partnership"):
                ons_csp.read(path)


class TestSheetsThatCannotBeRead:
    """They are left out, and told; the rest of the workbook is read."""

    @staticmethod
    def left_out(found: Reading, usual: Reading) -> set[str]:
        """What is missing of a reading; nothing else is another figure."""
        key = ["measure_code", "period_start"]
        columns = [each.observations[[*KEY, "value"]] for each in (usual, found)]
        both = columns[0].merge(columns[1], how="outer", on=[*KEY, "value"], indicator=True)
        assert not both["_merge"].eq("right_only").any()
        gone = both[both["_merge"].eq("left_only")]
        return {f"{code} {start.year}" for code, start in gone[key].drop_duplicates().to_numpy()}

    def test_without_the_header(self, usual, save, pages):
        del pages[COUNTS_2023][HEADER]
        found = ons_csp.read(save(pages))
        (problem,) = found.problems
        assert problem.file.endswith("Table C5")
        assert problem.rule.startswith("no row has the headings")
        assert {each[-4:] for each in self.left_out(found, usual)} == {"2023"}

    def test_without_rows(self, usual, save, pages):
        del pages[COUNTS_2024][HEADER + 1 :]
        found = ons_csp.read(save(pages))
        assert [each.rule for each in found.problems] == ["no row follows the header"]
        assert {each[-4:] for each in self.left_out(found, usual)} == {"2024"}

    def test_without_a_year_in_a_title(self, usual, save, pages):
        pages[COUNTS_2024][0][0] = pages[COUNTS_2024][0][0].replace("December 2024", "")
        found = ons_csp.read(save(pages))
        assert any("the title does not say" in each.rule for each in found.problems)
        assert any("no sheet counts the year ending December 2024" in each.rule
                   for each in found.problems)  # fmt: skip
        assert {each[-4:] for each in self.left_out(found, usual)} == {"2024"}

    def test_without_one_of_the_years_it_compares(self, usual, save, pages):
        del pages[COUNTS_2023]
        found = ons_csp.read(save(pages))
        rules = [each.rule for each in found.problems]
        assert rules == ["no sheet counts the year ending December 2023"]
        assert {each[-4:] for each in self.left_out(found, usual)} == {"2023"}

    def test_without_the_year_of_a_denominator(self, usual, save, pages):
        pages[RATES][HEADER][6] = "Population figures"
        found = ons_csp.read(save(pages))
        (problem,) = found.problems
        assert (problem.line, problem.column) == (HEADER + 1, "Population figures")
        assert self.left_out(found, usual) == {"ons:population 2022"}

    @pytest.mark.parametrize("heading", [None, ".", "[note 3]"])
    def test_a_column_without_a_heading(self, usual, save, pages, heading):
        was = pages[COUNTS_2024][HEADER][9]
        pages[COUNTS_2024][HEADER][9] = heading
        found = ons_csp.read(save(pages))
        assert [each.rule for each in found.problems] == ["a column has no heading"]
        assert self.left_out(found, usual) == {f"ons:{measure_name(str(was))} 2024"}

    def test_two_columns_of_one_heading(self, usual, save, pages):
        header = pages[COUNTS_2024][HEADER]
        one, other = header[8], header[9]
        header[9] = one
        found = ons_csp.read(save(pages))
        assert [each.rule for each in found.problems] == ["two columns have this heading"]
        names = {f"ons:{measure_name(str(each))} 2024" for each in (one, other)}
        assert self.left_out(found, usual) == names

    def test_doubled_missing_and_lost_headings_are_told_at_once(self, save, pages):
        header = pages[COUNTS_2024][HEADER]
        header[8], header[9], header[2] = "Robbery", None, "Region"
        assert {problem.rule for problem in ons_csp.read(save(pages)).problems} == {
            "two columns have this heading", "a column has no heading", "no such column",
        }  # fmt: skip

    def test_nothing_is_left(self, save, pages):
        for sheet in (COUNTS_2024, COUNTS_2023):
            del pages[sheet][HEADER]
        with pytest.raises(InputError, match="no row has the headings"):
            ons_csp.read(save(pages))


class TestTooBig:
    def test_a_workbook_that_unpacks_to_too_much_is_not_read(
        self, save, pages, monkeypatch: pytest.MonkeyPatch
    ):
        path = save(pages)
        monkeypatch.setattr("etl.sources._workbook.MOST_UNPACKED_BYTES", 1_000)
        assert not ons_csp.recognises(path)
        with pytest.raises(InputError):
            ons_csp.read(path)
