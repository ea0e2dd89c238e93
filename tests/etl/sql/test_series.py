"""Series: what there is of an indicator, source by source; what is real of a plan's own years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import pandas as pd
import pytest

from etl.transform import SQL_FOLDER

MONTH, YEAR = "month", "rolling_year"
KEY = ["indicator_id", "area_code", "source_id", "period_kind"]
MSG = "Most Similar Group"

Figure = tuple[str, float | None]
"""First day of a period and its value; None where it has none."""


def series(
    area: str,
    source: str,
    figures: Sequence[Figure],
    kind: str = MONTH,
    *,
    alternative: int = 0,
    suppression: str = "",
) -> pd.DataFrame:
    """Rows of indicator_period, of one series of robberies."""
    return pd.DataFrame(
        {
            "indicator_id": "robbery",
            "area_code": area,
            "source_id": source,
            "period_kind": kind,
            "period_start": [date.fromisoformat(day) for day, _ in figures],
            "value": pd.array([value for _, value in figures], dtype="Float64"),
            "alternative": alternative,
            "illustrative": source == "illustrative",
            "published": date(2025, 1, 31),
            "suppression": suppression,
        }
    )


def months(*names: str) -> list[Figure]:
    return [(f"{name}-01", 7.0) for name in names]


def group(
    of: str,
    *members: str,
    name: str = MSG,
    edition: str = "2021",
    valid_from: str = "",
    illustrative: bool = False,
) -> pd.DataFrame:
    """Rows of peer_group_member: the members, and the area itself."""
    columns = {"peer_group": name, "edition": edition, "of_area_code": of,
               "area_code": [*members, of], "valid_from": valid_from,
               "illustrative": illustrative}  # fmt: skip
    return pd.DataFrame(columns)


def found(*figures: pd.DataFrame, groups: Sequence[pd.DataFrame] = ()) -> pd.DataFrame:
    """The mart, by area and "source:kind"."""
    sql = (SQL_FOLDER / "marts" / "series.sql").read_text(encoding="utf-8")
    peers = pd.concat(groups) if groups else group("nobody").iloc[:0]
    with duckdb.connect() as connection:
        connection.register("indicator_period", pd.concat(figures, ignore_index=True))
        connection.register("peer_group_member", peers)
        rows = connection.execute(sql).df()
    assert not rows.duplicated(KEY).any()
    return rows.set_index(["area_code", rows["source_id"] + ":" + rows["period_kind"]])


def text(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%d}"


class TestSpan:
    def test_two_sources_at_two_frequencies_are_four_series(self):
        rows = found(*(series("S", source, months("2024-01"), kind)
                       for source in ("police", "council") for kind in (MONTH, YEAR)))  # fmt: skip
        assert len(rows) == 4

    def test_first_and_last_month_and_number_of_periods(self):
        row = found(series("S", "police", months("2023-11", "2023-12", "2024-01"))).iloc[0]
        assert (text(row["first_month"]), text(row["last_month"])) == ("2023-11-01", "2024-01-01")
        assert row["periods"] == 3
        assert row["coverage"] == 1.0

    @pytest.mark.parametrize(
        ("kind", "first", "last"),
        [
            ("month", "2023-12-01", "2023-12-01"),
            ("quarter", "2023-10-01", "2023-12-01"),
            ("year", "2023-04-01", "2024-03-01"),
            ("rolling_year", "2023-01-01", "2023-12-01"),
            ("survey_wave", "2023-12-01", "2023-12-01"),
        ],
    )
    def test_a_period_counts_to_its_last_month(self, kind, first, last):
        row = found(series("S", "police", [(first, 7.0)], kind)).iloc[0]
        assert (text(row["first_month"]), text(row["last_month"])) == (first, last)
        assert row["coverage"] == 1.0

    def test_a_hole_lowers_the_coverage(self):
        with_hole = months("2024-01", "2024-02", "2024-04", "2024-05")
        rows = found(series("S", "police", with_hole), series("S", "council", with_hole[:2]))
        assert rows.loc[("S", "police:month"), "coverage"] == 0.8
        assert rows.loc[("S", "council:month"), "coverage"] == 1.0

    def test_years_a_year_apart_have_no_hole_and_two_years_apart_one(self):
        years = [(f"{year}-01-01", 7.0) for year in (2020, 2021, 2022, 2024)]
        rows = found(series("S", "a", years[:3], YEAR), series("S", "b", years, YEAR))
        assert rows.loc[("S", "a:rolling_year"), "coverage"] == 1.0
        assert rows.loc[("S", "b:rolling_year"), "coverage"] == 0.8

    def test_waves_have_the_distance_that_they_have(self):
        waves = [("2022-06-01", 7.0), ("2024-06-01", 7.0), ("2026-06-01", 7.0)]
        assert found(series("S", "a", waves, "survey_wave"))["coverage"].tolist() == [1.0]

    def test_a_suppressed_period_is_there_and_one_without_a_figure_is_not(self):
        rows = found(
            series("S", "police", [("2024-01-01", 7.0), ("2024-02-01", None)]),
            series("S", "police", [("2024-03-01", None)], suppression="fewer than 5"),
            series("S", "council", [("2024-01-01", None)]),
        )
        assert list(rows["source_id"]) == ["police"]
        assert rows["periods"].tolist() == [2]
        assert text(rows["last_month"].iloc[0]) == "2024-03-01"
        assert rows["coverage"].tolist() == [pytest.approx(2 / 3)]


class TestCurrent:
    def test_a_series_that_ends_more_than_a_year_before_the_latest_is_not(self):
        rows = found(
            series("S", "a", months("2024-06")),
            series("S", "b", months("2023-06")),
            series("S", "c", months("2023-05")),
            series("S", "d", [("2022-07-01", 7.0)], YEAR),
        )
        current = rows["is_current"].to_dict()
        assert current == {("S", "a:month"): True, ("S", "b:month"): True,
                           ("S", "c:month"): False, ("S", "d:rolling_year"): True}  # fmt: skip

    def test_it_is_measured_within_the_area_and_the_set_of_figures(self):
        rows = found(
            series("S", "police", months("2024-06")),
            series("T", "police", months("2010-06")),
            series("S", "illustrative", months("2009-12")),
        )
        assert rows["is_current"].all()
        assert rows["figure_set"].to_dict() == {
            ("S", "illustrative:month"): "illustrative", ("S", "police:month"): "real",
            ("T", "police:month"): "real",
        }  # fmt: skip


class TestPeers:
    def test_the_share_counts_members_with_the_same_source_and_frequency(self):
        rows = found(
            series("S", "police", months("2024-01")),
            series("A", "police", months("2023-01")),
            series("B", "police", months("2024-01"), YEAR),
            series("C", "council", months("2024-01")),
            groups=[group("S", "A", "B", "C")],
        )
        assert rows.loc[("S", "police:month"), "peers_share"] == 0.5
        assert pd.isna(rows.loc[("A", "police:month"), "peers_share"])

    def test_the_polices_own_group_comes_first_then_the_newest_edition(self):
        figures = [series(each, "police", months("2024-01")) for each in ("S", "A", "B")]
        old = group("S", "X", valid_from="2018-01-01")
        new = group("S", "A", edition="2025", valid_from="2025-05-01")
        other = group("S", "X", "Y", name="statistical neighbours", valid_from="2026-01-01")
        rows = found(*figures, groups=[old, new, other])
        assert rows.loc[("S", "police:month"), "peers_share"] == 1.0
        rows = found(*figures, groups=[old, other])
        assert rows.loc[("S", "police:month"), "peers_share"] == 0.5
        rows = found(*figures, groups=[other])
        assert rows.loc[("S", "police:month"), "peers_share"] == pytest.approx(1 / 3)

    def test_made_up_and_real_groups_do_not_mix(self):
        rows = found(
            series("S", "police", months("2024-01")),
            series("S", "illustrative", months("2009-12")),
            series("C", "illustrative", months("2009-12")),
            groups=[group("S", "C", edition="2010", illustrative=True), group("S", "A", "B")],
        )
        assert rows.loc[("S", "illustrative:month"), "peers_share"] == 1.0
        assert rows.loc[("S", "police:month"), "peers_share"] == pytest.approx(1 / 3)


def test_a_series_is_the_same_whatever_else_is_loaded() -> None:
    own = series("S", "police", months("2023-01", "2023-02", "2023-04"))
    others = (
        series("S", "council", months("2022-01", "2023-12"), alternative=1),
        series("S", "police", [("2022-01-01", 90.0)], YEAR),
        series("T", "police", months("2024-05")),
        series("S", "illustrative", months("2009-12")),
    )
    alone, beside = found(own), found(*others, own)
    row = ("S", "police:month")
    pd.testing.assert_series_equal(alone.loc[row], beside.loc[row])


class TestRealOfAPlansYears:
    PLANS = pd.DataFrame(
        [
            ("example", "S", "illustrative", "2008-04-01", "2011-03-31"),
            ("other", "S", "real", "2008-04-01", "2011-03-31"),
        ],
        columns=["plan_id", "area_code", "figure_set", "first_day", "last_day"],
    )

    def real(self, *rows: tuple[str, str, str, float | None, bool]) -> list[tuple]:
        """Plan and indicator of figures (indicator, area, day, numerator, made up)."""
        names = ["indicator_id", "area_code", "period_start", "numerator", "illustrative"]
        figures = pd.DataFrame(rows, columns=names).astype({"numerator": "Float64"})
        figures["period_start"] = pd.to_datetime(figures["period_start"])
        sql = (SQL_FOLDER / "marts" / "plan_real_indicator.sql").read_text(encoding="utf-8")
        with duckdb.connect() as connection:
            connection.register("source_plan", self.PLANS)
            connection.register("stg_indicator_period", figures)
            return connection.execute(sql).fetchall()

    def test_indicators_with_a_real_figure_are_there_once_for_the_example_alone(self):
        rows = [("robbery", "S", day, 7.0, False) for day in ("2008-04-01", "2011-03-01")]
        assert self.real(*rows) == [("example", "robbery")]

    @pytest.mark.parametrize(
        "row",
        [
            ("robbery", "S", "2008-03-01", 7.0, False),
            ("robbery", "S", "2011-04-01", 7.0, False),
            ("robbery", "T", "2010-04-01", 7.0, False),
            ("robbery", "S", "2010-04-01", None, False),
            ("robbery", "S", "2010-04-01", 7.0, True),
        ],
        ids=["before", "after", "elsewhere", "no figure", "made up"],
    )
    def test_others_are_not(self, row):
        assert self.real(row, ("arson", "S", "2010-04-01", 3.0, False)) == [("example", "arson")]
