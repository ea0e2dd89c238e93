"""Small areas of a real month: what is hidden of them cannot be had from their ward."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

STREET = "police_uk_street/2025-01-hampshire-street.csv"
LOOKUPS = ("lookups/lookup_ltla24_csp24_pfa24.csv", "lookups/lookup_lsoa21_ward24_ltla24.csv")
SUPPRESSED = "suppressed"
LARGE_ENOUGH = 8


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> pd.DataFrame:
    """Each small area's figure, and the two of its ward that it is part of."""
    data = DataDir(tmp_path_factory.mktemp("streets"))
    for name in (*LOOKUPS, STREET):
        add_file(data, shared_data / name, published=date(2025, 3, 1), loaded_by="a test")
    with duckdb.connect(build(data).path, read_only=True) as connection:
        return connection.execute(
            """
            select small.area_code, small.value, small.suppression, link.parent_code as ward,
                crime.numerator as crime, disorder.numerator as disorder
            from indicator_period as small
            inner join area_link as link
                on small.area_code = link.area_code and link.parent_kind = 'ward'
            left join indicator_period as crime
                on link.parent_code = crime.area_code and crime.indicator_id = 'all_crime'
            left join indicator_period as disorder
                on link.parent_code = disorder.area_code
                    and disorder.indicator_id = 'anti_social_behaviour_incidents'
            where small.indicator_id = 'offence_street_all'
            """
        ).df()


@pytest.fixture(scope="module")
def printed(shared_data: Path) -> Counter[str]:
    """Records of each small area, as the file has them."""
    rows = pd.read_csv(shared_data / STREET, usecols=["LSOA code"])
    return Counter(rows["LSOA code"].dropna())


def test_what_is_shown_is_what_the_file_has_and_no_small_count(small, printed) -> None:
    known = small.dropna(subset=["value"])
    assert len(known) > len(small) / 4
    assert known["value"].tolist() == [printed[code] for code in known["area_code"]]
    assert not known["value"].between(1, 4).any()
    assert small.loc[small["value"].isna(), "suppression"].eq(SUPPRESSED).all()


def test_a_wards_own_figure_that_is_hidden_cannot_be_added_up(small, printed) -> None:
    """One count of 8 or more is hidden, which can be less or more by 3; or all are."""
    hidden = small[small["crime"].isna() | small["disorder"].isna()]
    assert hidden["ward"].nunique() > 0
    for _, ward in hidden.groupby("ward"):
        gone = [printed[code] for code in ward.loc[ward["value"].isna(), "area_code"]]
        assert max(gone, default=0) >= LARGE_ENOUGH or not ward["value"].gt(0).any()


def test_a_wards_total_leaves_every_small_count_open(small, printed) -> None:
    """Beside a small count another is hidden that can make up for it; or all of the ward are."""
    open_wards = small.dropna(subset=["crime", "disorder"])
    looked_at = 0
    for _, ward in open_wards.groupby("ward"):
        gone = ward.loc[ward["value"].isna(), "area_code"]
        shown = ward["value"].sum()
        assert ward["crime"].iloc[0] + ward["disorder"].iloc[0] - shown == sum(
            printed[code] for code in gone
        )
        if len(gone):
            looked_at += 1
            counts = sorted(printed[code] for code in gone)
            assert len(counts) > 1
            assert counts[-1] >= LARGE_ENOUGH or not shown
    assert looked_at > 0
