"""Street-level records: the real files of Hampshire, and what downloads may hold."""

from __future__ import annotations

import contextlib
import csv
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.observation import KEY, measure_name
from etl.problems import InputError
from etl.reading import read_again
from etl.sources import (
    Reading,
    _street_counts,
    _street_files,
    _street_query,
    police_uk_street,
    recognise,
)
from etl.sources._street_counted import write_counted
from etl.sources._street_lines import KEYS
from etl.sources.police_uk_street import TOTAL

HAMPSHIRE = "E23000030"
UNASSIGNED = f"unassigned:{HAMPSHIRE}"
BTP = "other:british_transport_police"
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
OUTCOMES = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Outcome type"
)
SEARCHES = "Type,Date,Part of a policing operation,Policing operation,Object of search,Outcome"
PLACE = "E01017180"


def record(
    month: str = "2014-01",
    force: str = "Hampshire Constabulary",
    place: str = PLACE,
    kind: str = "Burglary",
    crime_id: str = "",
) -> str:
    name = "Southampton 001A" if place else ""
    return f"{crime_id},{month},{force},{force},-1.4,50.9,On or near A Road,{place},{name},{kind},,"


def write(path: Path, *records: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(f"{line}\n" for line in (header, *records)).encode(encoding))
    return path


def counts(reading: Reading) -> dict[tuple[str, str, str], float]:
    rows = reading.observations
    return {
        (row.reported_by, row.area_code, row.measure_code): row.value
        for row in rows.itertuples()
        if row.measure_code != TOTAL
    }


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "police_uk_street"


@pytest.fixture(scope="module")
def reading(folder: Path) -> Reading:
    return police_uk_street.read(folder)


@pytest.fixture(scope="module")
def by_hand(folder: Path) -> Counter[tuple[str, str, str]]:
    """The records of the real files, counted one line at a time."""
    groups: Counter[tuple[str, str, str]] = Counter()
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                groups[row["LSOA code"] or UNASSIGNED, row["Crime type"], row["Month"]] += 1
    return groups


class TestRealFiles:
    def test_every_group_is_what_counting_line_by_line_gives(self, reading, by_hand):
        rows = reading.observations
        rows = rows[rows["measure_code"].ne(TOTAL)]
        found = {
            (area, measure, f"{month:%Y-%m}"): value
            for area, measure, month, value in zip(
                rows["area_code"], rows["measure_code"], rows["period_start"], rows["value"],
                strict=True,
            )
        }  # fmt: skip
        expected = {
            (area, f"street:{measure_name(kind)}", month): float(n)
            for (area, kind, month), n in by_hand.items()
        }
        assert found == expected
        assert len(found) == 86_838

    def test_every_record_counts_once(self, reading, by_hand):
        assert sum(by_hand.values()) == 226_786
        assert reading.rows_read == reading.rows_used == 226_786
        rows = reading.observations
        total = rows["measure_code"].eq(TOTAL)
        assert rows.loc[total, "value"].sum() == rows.loc[~total, "value"].sum() == 226_786
        assert not rows.duplicated(KEY).any()
        assert reading.problems == ()

    def test_months(self, reading):
        rows = reading.observations
        months = rows[rows["measure_code"].eq(TOTAL)].groupby("period_start")["value"].sum()
        assert len(months) == 11 + 6
        assert (months["2014-01-01"], months["2025-06-01"]) == (11_112, 13_068)

    def test_equal_records_of_anti_social_behaviour_all_count(self, reading):
        rows = reading.observations
        asb = rows[rows["measure_code"].eq("street:anti_social_behaviour")]
        by_year = asb.groupby(asb["period_start"].dt.year)["value"].sum().to_dict()
        assert by_year == {2014: 62_424, 2025: 9_439}

    def test_records_without_a_place_are_unassigned_of_their_force(self, reading):
        rows = reading.observations
        nowhere = rows[rows["area_code"].eq(UNASSIGNED) & rows["measure_code"].eq(TOTAL)]
        assert nowhere["value"].sum() == 13
        assert "13 of 226,786 records have no place" in reading.notes["statement"].item()
        areas = reading.areas.set_index("area_code")
        assert areas.loc[UNASSIGNED, "area_name"] == "Unassigned Hampshire"

    def test_areas_carry_the_names_of_the_file(self, reading):
        assert reading.areas["area_kind"].value_counts().to_dict() == {
            "lsoa": 1_385, "unassigned": 1,
        }  # fmt: skip
        names = reading.areas.set_index("area_code")["area_name"]
        assert names["E01022553"] == "Basingstoke and Deane 001A"
        assert reading.areas["area_code"].is_unique

    def test_one_file_and_the_archive_give_the_same(self, folder, tmp_path):
        file = folder / "2014-01-hampshire-street.csv"
        alone = police_uk_street.read(file)
        archive = tmp_path / "download.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.write(file, f"2014-01/{file.name}")
        assert [each.source_id for each in recognise(archive)] == ["police_uk_street"]
        assert [each.source_id for each in recognise(file)] == ["police_uk_street"]
        unpacked = police_uk_street.read(archive)
        assert counts(unpacked) == counts(alone)
        assert unpacked.rows_read == 11_112

    def test_only_these_files_are_recognised(self, shared_data, folder):
        others = [each for each in shared_data.rglob("*.*") if folder not in each.parents]
        assert not [each.name for each in others if police_uk_street.SOURCE.recognises(each)]
        assert police_uk_street.SOURCE.recognises(folder)

    def test_large_readings_take_little_memory(self, reading):
        bytes_a_row = reading.observations.memory_usage(deep=True).sum() / len(reading.observations)
        assert bytes_a_row < 70


class TestDownloads:
    def test_what_lies_beside_is_left_alone_and_counted(self, tmp_path):
        month = tmp_path / "data" / "2014-01"
        write(month / "2014-01-hampshire-street.csv", record(), record(crime_id="ab"))
        outcome = "x,2014-01,a,a,,,,,,Charged"
        write(month / "2014-01-hampshire-outcomes.csv", outcome, header=OUTCOMES)
        write(month / "2014-01-hampshire-stop-and-search.csv", "Person,,,,,", header=SEARCHES)
        (month / "readme.txt").write_text("Crime")
        reading = police_uk_street.read(tmp_path / "data")
        assert counts(reading) == {(HAMPSHIRE, PLACE, "street:burglary"): 2}
        assert list(reading.notes["statement"]) == [
            "1 files beside the street-level ones were left alone: other",
            "1 files beside the street-level ones were left alone: outcomes",
            "1 files beside the street-level ones were left alone: stop and search",
        ]

    def test_counts_are_of_one_force_each(self, tmp_path):
        write(tmp_path / "a/1.csv", record(), record(place=""))
        write(tmp_path / "a/2.csv", *[record(force="British Transport Police", place="")] * 2,
              record(force="British Transport Police"))  # fmt: skip
        write(tmp_path / "a/3.csv", record(force="Ruritania Police", place=""))
        reading = police_uk_street.read(tmp_path / "a")
        assert counts(reading) == {
            (HAMPSHIRE, PLACE, "street:burglary"): 1,
            (HAMPSHIRE, UNASSIGNED, "street:burglary"): 1,
            (BTP, PLACE, "street:burglary"): 1,
            (BTP, "unassigned:british_transport_police", "street:burglary"): 2,
            ("other:ruritania_police", "unassigned:ruritania_police", "street:burglary"): 1,
        }
        assert set(reading.observations["area_code"]) <= set(reading.areas["area_code"])

    def test_falls_within_names_the_force_where_reported_by_is_blank(self, tmp_path):
        line = record().replace("Hampshire Constabulary", "", 1)
        reading = police_uk_street.read(write(tmp_path / "a.csv", line))
        assert set(reading.observations["reported_by"]) == {HAMPSHIRE}

    def test_crime_types_stay_as_printed(self, tmp_path):
        kinds = ["Violent crime", "Public disorder and weapons", "Anti-social behaviour"]
        path = write(tmp_path / "a.csv", *[record(kind=kind) for kind in kinds])
        assert set(police_uk_street.read(path).observations["measure_code"]) == {
            TOTAL, "street:violent_crime", "street:public_disorder_and_weapons",
            "street:anti_social_behaviour",
        }  # fmt: skip

    def test_columns_in_another_order_and_more_of_them(self, tmp_path):
        header = "Crime type,LSOA code,New,Month,Reported by"
        lines = [f"Drugs,{PLACE},x,2014-01,Hampshire Constabulary"] * 3
        write(tmp_path / "a" / "1.csv", *lines, header=header)
        write(tmp_path / "a" / "2.csv", record(month="2014-02"))
        found = counts(police_uk_street.read(tmp_path / "a"))
        assert found == {
            (HAMPSHIRE, PLACE, "street:drugs"): 3, (HAMPSHIRE, PLACE, "street:burglary"): 1,
        }  # fmt: skip

    def test_months_and_forces_other_than_of_the_first_record_count(self, tmp_path):
        quoted = "O'Neill's Police"
        path = write(
            tmp_path / "a.csv",
            record(force=quoted),
            record(force=quoted, month="2014-02", kind="A type nobody foresaw"),
            record(month="2014-03"),
        )
        reading = police_uk_street.read(path)
        assert counts(reading) == {
            ("other:o_neill_s_police", PLACE, "street:burglary"): 1,
            ("other:o_neill_s_police", PLACE, "street:a_type_nobody_foresaw"): 1,
            (HAMPSHIRE, PLACE, "street:burglary"): 1,
        }
        months = reading.observations["period_start"].dt.strftime("%Y-%m")
        assert set(months) == {"2014-01", "2014-02", "2014-03"}
        assert reading.problems == ()

    def test_only_measures_that_occur_are_categories(self, tmp_path):
        rows = police_uk_street.read(write(tmp_path / "a.csv", record())).observations
        assert set(rows["measure_code"].cat.categories) == {"street:burglary", TOTAL}

    def test_groups_over_several_batches_are_added_up(self, tmp_path, monkeypatch):
        monkeypatch.setattr(_street_query, "_MOST_BATCH_BYTES", 1)
        write(tmp_path / "a/1.csv", record(month="2014-01"), record(month="2014-02"))
        write(tmp_path / "a/2.csv", record(month="2014-02"), record(month="2014-03"))
        rows = police_uk_street.read(tmp_path / "a").observations
        assert not rows.duplicated(KEY).any()
        total = rows[rows["measure_code"].eq(TOTAL)].set_index("period_start")["value"]
        assert total.sort_index().tolist() == [1, 2, 1]

    def test_a_record_without_a_type_is_no_total_whatever_came_before(self, tmp_path, monkeypatch):
        monkeypatch.setattr(_street_query, "_MOST_BATCH_BYTES", 1)
        write(tmp_path / "a/1.csv", record(month="2014-01"))
        write(tmp_path / "a/2.csv", record(month="2014-02"), record(month="2014-02", kind=""))
        reading = police_uk_street.read(tmp_path / "a")
        (problem,) = reading.problems
        assert (problem.file, problem.line, problem.column) == ("a/2.csv", 3, "Crime type")
        assert reading.observations["value"].tolist() == [1] * 4

    @pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
    def test_line_endings_and_the_mark_of_utf_8(self, tmp_path, ending):
        path = tmp_path / "a.csv"
        text = ending.join([HEADER, record(), record()])
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
        if ending == "\r":
            assert sum(counts(police_uk_street.read(path)).values()) == 2
        else:
            assert counts(police_uk_street.read(path)) == {(HAMPSHIRE, PLACE, "street:burglary"): 2}

    @settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture],
              max_examples=20)  # fmt: skip
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["2014-01", "2014-02"]),
                st.sampled_from(["Kent Police", "Gwent Police"]),
                st.sampled_from(["", PLACE, "W01001683"]),
                st.sampled_from(["Drugs", "Other crime"]),
            ),
            min_size=1,
        )
    )
    def test_counts_are_those_of_a_counter(self, tmp_path, lines):
        path = write(tmp_path / "a.csv", *[record(*line) for line in lines])
        rows = police_uk_street.read(path).observations
        parts = rows[rows["measure_code"].ne(TOTAL)]
        assert sorted(parts["value"]) == sorted(Counter(lines).values())
        assert rows["value"].sum() == 2 * len(lines)


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("line", "column", "rule"),
        [
            (record(month="Jan-14"), "Month", "this is not a month"),
            (record(month="2014-13"), "Month", "this is not a month"),
            (record(kind=""), "Crime type", "no crime type is named"),
            (record(force=""), "Reported by", "no force is named"),
            (record(place="50.9"), "LSOA code", "this is not the code of a small area"),
            (record(kind="Bur\x00glary"), "Crime type", "no crime type is named"),
            (record() + ",more", "", "the line has 13 values, the header 12"),
            ("cut,short", "", "the line has 2 values, the header 12"),
            (record(kind='"Burglary'), "", "this is not a line of a CSV: unexpected end of data"),
        ],
    )
    def test_a_line_is_told_and_the_others_counted(self, tmp_path, line, column, rule):
        reading = police_uk_street.read(write(tmp_path / "a.csv", record(), line, record()))
        (problem,) = reading.problems
        assert (problem.file, problem.line, problem.column) == ("a.csv", 3, column)
        assert problem.rule == rule
        assert counts(reading) == {(HAMPSHIRE, PLACE, "street:burglary"): 2}
        assert (reading.rows_read, reading.rows_used) == (3, 2)

    def test_only_the_file_with_the_bad_line_is_named(self, tmp_path):
        write(tmp_path / "a/2014-01-x-street.csv", record())
        write(tmp_path / "a/2014-02-x-street.csv", record("2014-02"), record("2014-02", place="?"))
        reading = police_uk_street.read(tmp_path / "a")
        assert [(p.file, p.line) for p in reading.problems] == [("a/2014-02-x-street.csv", 3)]
        assert reading.rows_used == 2

    def test_windows_text_is_told_where_it_matters(self, tmp_path):
        lines = [record(), record().replace("Southampton", "Ynys Môn")]
        path = write(tmp_path / "a.csv", *lines, encoding="cp1252")
        (problem,) = police_uk_street.read(path).problems
        assert (problem.line, problem.rule) == (3, "the line is not UTF-8 text")

    def test_many_bad_lines_are_told_once_too_often_no_more(self, tmp_path, monkeypatch):
        monkeypatch.setattr(_street_counts, "MAX_PROBLEMS", 5)
        monkeypatch.setattr(police_uk_street, "MAX_PROBLEMS", 5)
        path = write(tmp_path / "a.csv", record(), *[record(month="?")] * 20)
        reading = police_uk_street.read(path)
        assert len(reading.problems) == 6
        assert reading.problems[-1].rule == "15 more lines cannot be used"
        assert reading.rows_read - (reading.rows_used or 0) == 20

    def test_utf_16(self, tmp_path):
        path = write(tmp_path / "a.csv", record(), encoding="utf-16")
        with pytest.raises(InputError, match="UTF-16, not UTF-8"):
            police_uk_street.read(path)

    def test_a_header_alone(self, tmp_path):
        with pytest.raises(InputError, match="there is no record in it"):
            police_uk_street.read(write(tmp_path / "a.csv"))

    def test_a_column_that_is_not_what_it_is_called(self, tmp_path):
        path = write(
            tmp_path / "a.csv", *[record(kind=f"On or near {n} Road") for n in range(1100)]
        )
        with pytest.raises(InputError, match="more than 1,000 different values of Crime type"):
            police_uk_street.read(path)

    def test_more_small_areas_than_a_short_number_counts(self, tmp_path):
        places = [f"E01{n:06d}" for n in range(40_000)]
        path = write(
            tmp_path / "a.csv", *[record(place=place) for place in places], record(place="")
        )
        found = counts(police_uk_street.read(path))
        assert len(found) == 40_001
        assert found[HAMPSHIRE, UNASSIGNED, "street:burglary"] == 1

    def test_a_column_that_stands_twice(self, tmp_path):
        path = write(tmp_path / "a.csv", record() + ",x", header=HEADER + ",Month")
        with pytest.raises(InputError, match="a column stands twice"):
            police_uk_street.read(path)

    def test_the_same_month_of_a_force_in_two_files(self, tmp_path):
        write(tmp_path / "a/2014-01/2014-01-hampshire-street.csv", record())
        write(tmp_path / "a/copy/2014-01-hampshire-street (1).csv", record())
        with pytest.raises(InputError, match="every record would count twice"):
            police_uk_street.read(tmp_path / "a")


class TestArchives:
    @staticmethod
    def pack(path: Path, **members: str) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, text in members.items():
                packed.writestr(name, text)
        return path

    @pytest.mark.parametrize(
        "name", ["../x-street.csv", "/x-street.csv", "a\\..\\..\\x.csv", "C:/x.csv"]
    )
    def test_a_member_that_would_land_outside(self, tmp_path, name):
        path = self.pack(tmp_path / "a.zip", **{name: f"{HEADER}\n{record()}\n"})
        with pytest.raises(InputError, match="would land outside"):
            police_uk_street.read(path)
        assert sorted(each.name for each in tmp_path.iterdir()) == ["a.zip"]

    def test_a_bomb(self, tmp_path):
        text = f"{HEADER}\n" + f"{record()}\n" * 100_000
        path = self.pack(tmp_path / "a.zip", **{"2014-01/x-street.csv": text})
        assert path.stat().st_size * _street_files.MAX_RATIO < len(text)
        with pytest.raises(InputError, match="which no download of this kind does"):
            police_uk_street.read(path)

    def test_a_damaged_member(self, folder, tmp_path):
        path = tmp_path / "a.zip"
        file = folder / "2014-01-hampshire-street.csv"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.write(file, file.name)
        content = bytearray(path.read_bytes())
        content[200_000:200_100] = bytes(100)
        path.write_bytes(content)
        with pytest.raises(InputError, match="this part of the archive is damaged"):
            police_uk_street.read(path)

    def test_cut_short(self, folder, tmp_path):
        path = tmp_path / "a.zip"
        file = folder / "2014-01-hampshire-street.csv"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.write(file, file.name)
        path.write_bytes(path.read_bytes()[:-1000])
        assert not police_uk_street.SOURCE.recognises(path)

    def test_a_stored_archive_cut_short_is_no_csv(self, tmp_path):
        archive = tmp_path / "download.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
            packed.writestr("2014-01/2014-01-hampshire-street.csv", f"{HEADER}\n{record()}\n" * 50)
        archive.write_bytes(archive.read_bytes()[:3000])
        assert not police_uk_street.SOURCE.recognises(archive)
        with pytest.raises(InputError, match="damaged or cut short"):
            police_uk_street.read(archive)

    def test_a_password(self, tmp_path):
        path = self.pack(tmp_path / "a.zip", **{"x-street.csv": f"{HEADER}\n{record()}\n"})
        content = bytearray(path.read_bytes())
        # the flag of encryption, in the member's own header and in the archive's list
        content[6] |= 1
        content[content.rindex(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(content)
        assert police_uk_street.SOURCE.recognises(path)
        with pytest.raises(InputError, match="protected by a password"):
            police_uk_street.read(path)

    def test_nothing_is_left_behind(self, tmp_path, monkeypatch):
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
        (tmp_path / "temporary").mkdir()
        path = self.pack(tmp_path / "a.zip", **{"x-street.csv": f"{HEADER}\n{record()}\n"})
        police_uk_street.read(path)
        assert not list((tmp_path / "temporary").iterdir())
        shutil.rmtree(tmp_path / "temporary")


def test_a_reading_kept_beside_the_file_comes_back_the_same(tmp_path, folder):
    path = tmp_path / "raw" / "a.csv"
    path.parent.mkdir()
    shutil.copy(folder / "2014-01-hampshire-street.csv", path)
    first = read_again(police_uk_street.SOURCE, path, keep=True)
    again = read_again(police_uk_street.SOURCE, path, keep=True)
    pd.testing.assert_frame_equal(first.observations, again.observations)
    assert again.observations["area_code"].dtype == "category"
    assert again.rows_used == 11_112


def counted(path: Path, rows: list[tuple]) -> Path:
    """Write groups of force, month, area, crime type, name and records, as Spark gives them."""
    columns = [*KEYS, "lsoa_name", "records"]
    write_counted(pa.table(dict(zip(columns, zip(*rows, strict=True), strict=True))), path)
    return path


GROUPS = [
    ("Hampshire Constabulary", "2014-01", PLACE, "Burglary", "Southampton 001A", 3),
    ("Hampshire Constabulary", "2014-01", PLACE, "Drugs", "Southampton 001A", 2),
    ("Hampshire Constabulary", "2014-01", "", "Drugs", None, 1),
    ("British Transport Police", "2014-02", PLACE, "Drugs", None, 4),
]


def test_counts_made_elsewhere_are_read_as_the_records_are(tmp_path):
    for name, groups in (("hampshire", GROUPS[:3]), ("btp", GROUPS[3:])):
        lines = [
            record(month, force, place, kind)
            for force, month, place, kind, _, records in groups
            for _ in range(records)
        ]
        write(tmp_path / "street" / f"{name}-street.csv", *lines)
    file = counted(tmp_path / "street-counts.parquet", GROUPS)
    assert recognise(file) == [police_uk_street.SOURCE]
    by_records, by_counts = (police_uk_street.read(each) for each in (tmp_path / "street", file))
    assert counts(by_counts) == counts(by_records)
    assert by_counts.rows_read == by_records.rows_read == 10
    by_code = [
        each.areas.sort_values("area_code").values.tolist() for each in (by_counts, by_records)
    ]
    assert by_code[0] == by_code[1]
    assert by_counts.notes.to_numpy().tolist() == by_records.notes.to_numpy().tolist()


@pytest.mark.parametrize(
    ("group", "heading"),
    [
        ((None, "2014-01", PLACE, "Drugs", None, 1), "Reported by"),
        (("Hampshire Constabulary", "January", PLACE, "Drugs", None, 1), "Month"),
        (("Hampshire Constabulary", "2014-01", "E0", "Drugs", None, 1), "LSOA code"),
        (("Hampshire Constabulary", "2014-01", PLACE, None, None, 1), "Crime type"),
    ],
)
def test_counts_of_what_is_none_are_refused(tmp_path, group, heading):
    with pytest.raises(InputError) as refused:
        police_uk_street.read(counted(tmp_path / "counts.parquet", [*GROUPS, group]))
    assert [problem.column for problem in refused.value.problems] == [heading]


def test_a_damaged_file_of_counts_fails_in_no_other_way(tmp_path):
    file = counted(tmp_path / "counts.parquet", GROUPS)
    content = file.read_bytes()
    for at in range(4, len(content) - 8, 7):
        file.write_bytes(content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :])
        with contextlib.suppress(InputError):
            (source,) = recognise(file)
            assert source.read(file).rows_read
    file.write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError):
        recognise(file)


def test_another_parquet_file_is_no_file_of_counts(tmp_path):
    file = tmp_path / "figures.parquet"
    pd.DataFrame({"month": ["2014-01"], "records": [1]}).to_parquet(file)
    with pytest.raises(InputError, match="this is a Parquet file"):
        recognise(file)
