"""Home Office open data: the real force table, and made-up partnership files in its layout."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
import pytest

from benchmarks import _home_office_files as files
from etl.datadir import PROJECT_DATA, DataDir
from etl.offences import load_classification
from etl.problems import InputError
from etl.sources import Reading, _ods_pieces, _open_data, _sheet_pieces, recognise
from etl.sources.ho_open_data import SOURCE, read, recognises

PLACES = [("Hampshire", "Southampton"), ("Hampshire", "Portsmouth"), ("Kent", "Shepway")]
HEADER = ",".join(files.PARTNERSHIP_COLUMNS)
ROW = "2017/18,1,Hampshire,Southampton,Robbery of personal property,Robbery,{},34B,{}"
SOUTHAMPTON = "E22000120"


@pytest.fixture(scope="module")
def force_table(shared_data: Path) -> Path:
    return shared_data / "home_office_pfa" / "prc-pfa-2017-18.csv"


@pytest.fixture(scope="module")
def forces(force_table: Path) -> Reading:
    return read(force_table)


@pytest.fixture(scope="module")
def by_hand(force_table: Path) -> list[dict[str, str]]:
    """The file's own lines, read without any of our code."""
    with force_table.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = [heading.strip() for heading in next(rows)]
        return [dict(zip(header, row, strict=True)) for row in rows]


def write(path: Path, *lines: str, header: str = HEADER) -> Path:
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return path


def of(reading: Reading, area: str, measure: str) -> list[float]:
    rows = reading.observations
    return rows.loc[rows["area_code"].eq(area) & rows["measure_code"].eq(measure), "value"].tolist()


class TestRealForceTable:
    def test_it_is_recognised_by_its_content(self, force_table):
        assert [source.source_id for source in recognise(force_table)] == ["ho_open_data"]

    def test_every_line_is_used(self, forces):
        assert forces.problems == ()
        assert forces.withheld == {}
        assert (forces.rows_read, forces.rows_used) == (23_068, 23_068)
        # 44 forces, 4 quarters, 128 codes; homicide's four rows make one; and twelve of fraud
        assert len(forces.observations) == 44 * 4 * 128 + 12

    def test_totals_by_group_are_the_files_own(self, forces, by_hand):
        expected: Counter[str] = Counter()
        group_of: dict[str, str] = {}
        for row in by_hand:
            expected[row["Offence Group"]] += int(row["Number of Offences"])
            group_of[f"ho:{row['Offence Code']}"] = row["Offence Group"]
        rows = forces.observations
        group = rows["measure_code"].astype("str").map(group_of)
        assert rows.groupby(group)["value"].sum().astype(int).to_dict() == dict(expected)
        assert rows["value"].sum() == 5_519_401

    def test_each_force_and_quarter_has_its_own_total(self, forces, by_hand):
        expected = defaultdict(int)
        for row in by_hand:
            quarter = pd.Timestamp(2017, 4, 1) + pd.DateOffset(
                months=3 * (int(row["Financial Quarter"]) - 1)
            )
            expected[row["Force Name"], quarter] += int(row["Number of Offences"])
        names = forces.areas.set_index("area_code")["area_name"]
        rows = forces.observations
        found = rows.groupby([rows["area_code"].astype("str").map(names), "period_start"])
        totals = found["value"].sum().to_dict()
        renamed = {
            "Devon and Cornwall": "Devon & Cornwall",
            "Financial Fraud Action UK": "UK Finance",
        }
        assert totals == {(renamed.get(name, name), q): n for (name, q), n in expected.items()}

    def test_corrections_count(self, forces, by_hand):
        assert sum(int(row["Number of Offences"]) < 0 for row in by_hand) == 36
        # two of them are of homicide, with other rows of their force and quarter
        assert (forces.observations["value"] < 0).sum() == 34
        assert of(forces, "E23000001", "ho:83")[3] == -10

    def test_equal_rows_of_homicide_are_added_up(self, forces, by_hand):
        code = "1/4.1/4.10/4.2"
        stated = sum(int(r["Number of Offences"]) for r in by_hand if r["Offence Code"] == code)
        rows = forces.observations
        homicide = rows[rows["measure_code"].eq(f"ho:{code}")]
        assert stated == 728
        assert (len(homicide), homicide["value"].sum()) == (44 * 4, 728)

    def test_who_is_no_territorial_force_is_other(self, forces):
        areas = forces.areas.set_index("area_code")
        others = areas[areas["area_kind"].eq("other")]["area_name"].to_dict()
        assert others == {
            "other:action_fraud": "Action Fraud",
            "other:british_transport_police": "British Transport Police",
            "other:cifas": "CIFAS",
            "other:uk_finance": "UK Finance",
        }
        assert areas.loc["E23000034", "area_name"] == "London, City of"

    def test_it_prints_every_code_for_every_force_and_quarter(self, by_hand):
        # what "a code that is absent for all was not in force" rests on
        codes = defaultdict(Counter)
        for row in by_hand:
            if row["Offence Group"] != "Fraud offences":
                codes[row["Force Name"], row["Financial Quarter"]][row["Offence Code"]] += 1
        assert len(codes) == 44 * 4
        first, *others = codes.values()
        assert all(other == first for other in others)
        assert sum(first.values()) == 131

    def test_groups_agree_with_the_rolling_year_table(self, forces, shared_data):
        """The same year in another of its publications, which later releases revised a little."""
        path = shared_data / "home_office_pfa" / "rec-crime-pfa.csv"
        with path.open(encoding="utf-8", newline="") as file:
            year = [row for row in csv.reader(file) if row[0] == "31-03-2018"]
        stated: Counter[str] = Counter()
        for _, _, _, category, count in year:
            stated[category] += int(count)
        classification = load_classification(DataDir(PROJECT_DATA))
        rows = forces.observations
        groups = {
            "Homicide": "homicide",
            "Death or serious injury caused by illegal driving": (
                "death_or_serious_injury_caused_by_illegal_driving"
            ),
            "Violence with injury": "violence_with_injury",
            "Violence without injury": "violence_without_injury",
            "Stalking and harassment": "stalking_and_harassment",
            "Sexual offences": "sexual_offences",
            "Robbery": "robbery",
            "Residential burglary": "residential_burglary",
            "Non-residential burglary": "non_residential_burglary",
            "Vehicle offences": "vehicle_offences",
            "All other theft offences": "other_theft_offences",
            "Criminal damage and arson": "criminal_damage_and_arson",
            "Drug offences": "drug_offences",
            "Public order offences": "public_order_offences",
            "Miscellaneous crimes against society": "miscellaneous_crimes_against_society",
        }
        for category, group in groups.items():
            codes = [code for part in classification.parts(group).values() for code in part]
            total = rows.loc[rows["measure_code"].isin(codes), "value"].sum()
            assert total == pytest.approx(stated[category], rel=0.005, abs=20), category


@pytest.fixture(scope="module")
def workbook(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("ho") / "any name.xlsx"
    years = (2014, 2015, 2016)
    sheets = [(files.sheet_name(y), list(year_of(y))) for y in years]
    assert [name for name, _ in sheets] == ["2014-15", "2015_16", "2016_17"]
    files.write_xlsx(path, files.PARTNERSHIP_COLUMNS, sheets)
    return path


def year_of(year: int):
    return files.partnership_rows(year, PLACES, files.offences())


class TestPartnershipFiles:
    def test_a_workbook_gives_what_was_put_in(self, workbook):
        reading = read(workbook)
        expected: Counter[tuple[str, str, int]] = Counter()
        for year in (2014, 2015, 2016):
            for text, quarter, _, place, *_, code, count in year_of(year):
                start = pd.Timestamp(int(text[:4]), 4, 1) + pd.DateOffset(months=3 * quarter - 3)
                expected[place, f"ho:{code}", start] += count
        names = reading.areas.set_index("area_code")["area_name"]
        rows = reading.observations
        keys = zip(
            rows["area_code"].map(names), rows["measure_code"], rows["period_start"], strict=True
        )
        assert dict(zip(keys, rows["value"], strict=True)) == dict(expected)
        assert reading.rows_used == reading.rows_read == 3 * 4 * 3 * 131
        assert set(reading.observations["period_kind"]) == {"quarter"}

    def test_it_is_recognised_with_its_notes_before(self, workbook):
        assert recognises(workbook)

    def test_ods_and_csv_give_the_same(self, workbook, tmp_path):
        ods, plain = tmp_path / "a.ods", tmp_path / "a.csv"
        years = (2014, 2015, 2016)
        columns = files.PARTNERSHIP_COLUMNS
        files.write_ods(ods, columns, [(files.sheet_name(y), year_of(y)) for y in years])
        files.write_csv(plain, columns, (row for y in years for row in year_of(y)))
        expected = read(workbook)
        for path in (ods, plain):
            assert recognises(path)
            found = read(path)
            assert found.problems == ()
            pd.testing.assert_frame_equal(
                found.observations.drop(columns="row_number").astype("str"),
                expected.observations.drop(columns="row_number").astype("str"),
            )

    def test_row_numbers_are_the_sheets_own(self, tmp_path):
        rows = [("Some words about the table",), (), files.PARTNERSHIP_COLUMNS, *year_of(2017)]
        path = tmp_path / "a.xlsx"
        files.write_xlsx(path, ("first line",), [("2017_18", rows)])
        reading = read(path)
        assert reading.observations["row_number"].iloc[0] == 5
        assert reading.observations["row_number"].iloc[-1] == 4 + 4 * 3 * 131

    def test_headings_may_vary(self, tmp_path):
        header = (
            "offence  code,FORCE NAME,Csp Name,Extra,financial year,Financial Quarter,Offence Count"
        )
        line = '34B,Hampshire,Southampton,x,2017-18,Q2,"1,234 "'
        reading = read(write(tmp_path / "a.csv", line, header=header))
        assert of(reading, SOUTHAMPTON, "ho:34B") == [1234]
        assert reading.observations["period_start"].iloc[0] == pd.Timestamp(2017, 7, 1)

    @pytest.mark.parametrize("text", ["2017/18", "2017-18", "2017_18", "2017/2018"])
    @pytest.mark.parametrize("quarter", ["4", "4.0", "Q4", "Quarter 4"])
    def test_periods_may_vary(self, tmp_path, text, quarter):
        line = f"{text},{quarter},Hampshire,Southampton,,Robbery,,34b,3"
        reading = read(write(tmp_path / "a.csv", line))
        assert reading.problems == ()
        assert reading.observations["period_start"].tolist() == [pd.Timestamp(2018, 1, 1)]
        assert reading.observations["measure_code"].tolist() == ["ho:34B"]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
    def test_encodings(self, tmp_path, encoding):
        path = tmp_path / "a.csv"
        path.write_text("\n".join([HEADER, ROW.format("Robbery – é", 5)]), encoding=encoding)
        assert recognises(path)
        assert of(read(path), SOUTHAMPTON, "ho:34B") == [5]

    @pytest.mark.parametrize(
        ("text", "value"), [(" 7 ", 7), ("-00 ", 0), (" -3", -3), ("0", 0), ("12.0", 12)]
    )
    def test_counts_as_printed(self, tmp_path, text, value):
        assert of(read(write(tmp_path / "a.csv", ROW.format("", text))), SOUTHAMPTON, "ho:34B") == [
            value
        ]

    @pytest.mark.parametrize("text", ["", "..", "[x]", "-"])
    def test_a_marker_is_no_zero(self, tmp_path, text):
        reading = read(write(tmp_path / "a.csv", ROW.format("", text), ROW.format("", 4)))
        assert reading.withheld == {text or "blank": 1}
        assert of(reading, SOUTHAMPTON, "ho:34B") == [4]
        assert reading.rows_read - reading.rows_used == 1

    def test_what_a_force_could_not_place_and_airports(self, tmp_path):
        lines = [
            ROW.format("", 1).replace("Southampton", "Unassigned Hampshire"),
            "2017/18,1,Greater Manchester,Manchester Airport,,Robbery,,34B,2",
            "2017/18,1,British Transport Police,,,Robbery,,34B,3",
        ]
        reading = read(write(tmp_path / "a.csv", *lines))
        assert of(reading, "unassigned:E23000030", "ho:34B") == [1]
        assert of(reading, "other:manchester_airport", "ho:34B") == [2]
        assert of(reading, "other:british_transport_police", "ho:34B") == [3]
        assert set(reading.areas["area_kind"]) == {"unassigned", "other"}

    def test_areas_that_merged_are_summed_under_what_they_are_now(self, tmp_path):
        lines = [
            f"2009/10,1,Avon and Somerset,{name},,Robbery,,34B,{count}"
            for name, count in (("Mendip", 2), ("Taunton Deane", 3), ("Somerset East_Mendip", 4))
        ]
        reading = read(write(tmp_path / "a.csv", *lines))
        assert of(reading, "E22000369", "ho:34B") == [9]
        assert "Mendip, Somerset East_Mendip, Taunton Deane" in reading.notes["statement"].iloc[0]


@pytest.fixture
def small_pieces(monkeypatch):
    """Pieces of some sixty rows, so that a small file has many."""
    for module in (_open_data, _sheet_pieces, _ods_pieces):
        monkeypatch.setattr(module, "PIECE_BYTES", 20_000)
    monkeypatch.setattr(_open_data, "WHOLE_BYTES", 20_000)


class TestLongSheets:
    """A long sheet is read in pieces: they give what the sheet as a whole gives."""

    ROWS = (("Some words",), (), (), files.PARTNERSHIP_COLUMNS, *year_of(2017), (), *year_of(2018))

    @pytest.mark.parametrize("write_file", [files.write_xlsx, files.write_ods])
    def test_pieces_give_the_whole(self, tmp_path, write_file, request):
        path = tmp_path / "a file"
        write_file(path, ("words",), [("2017_18", self.ROWS), ("Notes after", files.NOTES)])
        whole = read(path)
        request.getfixturevalue("small_pieces")
        pieces = read(path)
        assert len(whole.observations) == 2 * 4 * 3 * 128
        assert pieces.rows_used == whole.rows_used == 2 * 4 * 3 * 131
        pd.testing.assert_frame_equal(
            pieces.observations.astype({"area_code": "str", "measure_code": "str"}),
            whole.observations.astype({"area_code": "str", "measure_code": "str"}),
        )
        assert pieces.observations["row_number"].iloc[0] == 6

    @pytest.mark.usefixtures("small_pieces")
    def test_rows_are_cut_where_the_sheet_says_so(self, workbook):
        pieces = list(_sheet_pieces.sheet_pieces(workbook, "2015_16"))
        assert len(pieces) > 10
        at = 1
        for piece in pieces:
            assert piece.first_row == at
            at += piece.cells.num_rows
        assert at - 1 == 1 + 4 * 3 * 131

    @pytest.mark.usefixtures("small_pieces")
    def test_a_sheet_that_cannot_be_cut_is_read_whole(self, tmp_path):
        path, narrow = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
        files.write_xlsx(path, files.PARTNERSHIP_COLUMNS, [("2017_18", year_of(2017))])
        # rows of another width further down
        rows = [*year_of(2017), *((*row, "a remark") for row in year_of(2018))]
        files.write_xlsx(narrow, files.PARTNERSHIP_COLUMNS, [("2017_18", rows)])
        with pytest.raises(_sheet_pieces.CannotCutError):
            list(_sheet_pieces.sheet_pieces(narrow, "2017_18"))
        assert read(narrow).rows_used == 2 * read(path).rows_used


class TestOffencesThatNoTableHas:
    def test_a_code_counts_where_the_file_has_it(self, tmp_path):
        line = "2007/08,1,Hampshire,Southampton,Some wounding,Violence,Violence with injury,8Z,6"
        reading = read(write(tmp_path / "a.csv", line))
        assert of(reading, SOUTHAMPTON, "ho:8Z") == [6]
        assert reading.offences["offence_code"].tolist() == ["8Z"]
        assert "counted in Violence with injury" in reading.notes["statement"].iloc[0]
        known = load_classification(DataDir(PROJECT_DATA)).with_codes_of_files(reading.offences)
        codes = [code for part in known.parts("violence_with_injury").values() for code in part]
        assert "ho:8Z" in codes

    def test_without_a_known_subgroup_it_is_a_problem(self, tmp_path):
        line = "2007/08,1,Hampshire,Southampton,Wounding,Violence,Violence with injry,8Z,6"
        reading = read(write(tmp_path / "a.csv", line, ROW.format("", 1)))
        (problem,) = reading.problems
        assert problem.line == 2
        assert "Violence with injury" in problem.what_to_do
        assert len(reading.observations) == 1


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("line", "column", "value", "nearest"),
        [
            ("2017/18,1,Hampshire,Sothampton,,,,34B,1", "CSP Name", "Sothampton", "E22000120"),
            ("2017/18,1,Hamshire,Southampton,,,,34B,1", "Force Name", "Hamshire", "E23000030"),
            ("2017/18,5,Hampshire,Southampton,,,,34B,1", "Financial Quarter", "5", ""),
            ("2017/19,1,Hampshire,Southampton,,,,34B,1", "Financial Year", "2017/19", ""),
            ("2017/18,1,Hampshire,Southampton,,,,34B,1.5", "Number of Offences", "1.5", ""),
            ("2017/18,1,Hampshire,Southampton,,,,34B,1e3", "Number of Offences", "1e3", ""),
            ("2017/18,1,Hampshire,Southampton,,,,34BX,1", "Offence Code", "34BX", "34B"),
        ],
    )
    def test_it_is_said_where_and_what_is_nearest(self, tmp_path, line, column, value, nearest):
        reading = read(write(tmp_path / "a.csv", ROW.format("", 9), line))
        (problem,) = reading.problems
        assert (problem.file, problem.line, problem.column) == ("a.csv", 3, column)
        assert problem.value == value
        assert nearest in problem.what_to_do
        assert of(reading, SOUTHAMPTON, "ho:34B") == [9]

    def test_one_problem_for_a_name_in_many_lines(self, tmp_path):
        places = [("Hampshire", "Nowhere"), ("Hampshire", "Southampton")]
        path = tmp_path / "a.csv"
        rows = files.partnership_rows(2017, places, files.offences())
        files.write_csv(path, files.PARTNERSHIP_COLUMNS, rows)
        reading = read(path)
        (problem,) = reading.problems
        assert "524 lines" in problem.rule
        assert reading.rows_read - reading.rows_used == 524

    def test_ragged_and_blank_lines(self, tmp_path):
        lines = [ROW.format("", 1), "", "2017/18,1,Hampshire", ",,,,,,,,", ROW.format("", 2)]
        reading = read(write(tmp_path / "a.csv", *lines))
        (problem,) = reading.problems
        assert problem.line == 4
        assert of(reading, SOUTHAMPTON, "ho:34B") == [3]
        assert reading.rows_read - reading.rows_used == 1

    def test_a_quarter_that_is_there_twice_is_not_doubled(self, tmp_path):
        path = tmp_path / "a.csv"
        rows = list(files.partnership_rows(2017, PLACES, files.offences(), quarters=(1, 2)))
        again = [row for row in rows if row[1] == 1 and row[3] == "Southampton"]
        files.write_csv(path, files.PARTNERSHIP_COLUMNS, [*rows, *again])
        reading = read(path)
        (problem,) = reading.problems
        assert "quarter 1 of 2017/18" in problem.rule
        assert problem.value == "Hampshire, Southampton"
        starts = reading.observations.groupby("area_code", observed=True)["period_start"].nunique()
        assert starts[SOUTHAMPTON] == 1

    def test_two_rows_of_one_code_are_added_up_and_noted(self, tmp_path):
        path = tmp_path / "a.csv"
        rows = list(files.partnership_rows(2017, PLACES[:1], files.offences(), quarters=(1,)))
        extra = next(row for row in rows if row[-2] == "4.4")
        files.write_csv(path, files.PARTNERSHIP_COLUMNS, [*rows, (*extra[:-1], 5)])
        reading = read(path)
        assert of(reading, SOUTHAMPTON, "ho:4.4") == [extra[-1] + 5]
        notes = reading.notes[reading.notes["effect"].eq("context")]
        assert notes["measure_code"].tolist() == ["ho:4.4"]

    def test_two_columns_of_one_meaning(self, tmp_path):
        header = HEADER.replace("Offence Description", "Offence Count")
        with pytest.raises(InputError, match="same meaning"):
            read(write(tmp_path / "a.csv", ROW.format("", 1), header=header))

    def test_a_table_without_a_row(self, tmp_path):
        with pytest.raises(InputError, match="no sheet holds offences"):
            read(write(tmp_path / "a.csv"))

    def test_a_workbook_cut_short(self, workbook, tmp_path):
        path = tmp_path / "a.xlsx"
        path.write_bytes(workbook.read_bytes()[:-5_000])
        assert not recognises(path)

    def test_other_publications_are_not_taken(self, shared_data):
        others = [
            shared_data / "home_office_pfa/rec-crime-pfa.csv",
            shared_data / "ons_csp/policeforceareatablesyedecember2024.xlsx",
            shared_data / "lookups/HO_offence_code_to_policeuk_category.csv",
        ]
        assert not any(SOURCE.recognises(path) for path in others)
