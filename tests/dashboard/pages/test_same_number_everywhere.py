"""One question has one answer: every page and file states the same change of the same periods."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import NamedTuple

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard.analysis.area_view import NO_PLAN, AreaView, NoFiguresError, view_of
from dashboard.analysis.change import ChangeAnswer
from dashboard.analysis.change import change as change_of
from dashboard.analysis.contribution import ContributionAnswer, contribution
from dashboard.analysis.crime_types import crime_types
from dashboard.analysis.perception import perception
from dashboard.analysis.pivot import AREA, PERCENT, QUARTER, TYPE, pivot
from dashboard.analysis.review import review
from dashboard.cli.main import app
from dashboard.metrics.periods import quarter_label, windows_for
from dashboard.metrics.rounding import round_half_up
from dashboard.pages.crime_types.changed import ways_of
from dashboard.pages.crime_types.side_by_side import sheet_of
from dashboard.pages.crime_types.types_table import types_of
from dashboard.pages.overview.board import board_of
from dashboard.pages.overview.moved import CHANCE
from dashboard.pages.quarterly_review.sheet import meeting_sheet
from dashboard.store.builds import shown_warehouse
from dashboard.ui.downloads import csv_maker

AS_AT, PORTSMOUTH = "2009-12", "E22000118"
EVERYWHERE = {
    "contribution",
    "crime types",
    "review",
    "review, quarter",
    "show change",
    "side by side",
}
VIEWS = {
    "worked example": ("default_data", "southampton_2010_11", "E22000120", AS_AT),
    # Years of ONS beside six months of streets, without a plan: as at either's last month.
    "years and months": ("mixed_data", NO_PLAN, PORTSMOUTH, "2025-06"),
    "years before months": ("mixed_data", NO_PLAN, PORTSMOUTH, "2024-12"),
}
"""Database, plan, area and last month that are looked at."""
ELSEWHERE = {
    "worked example": {"own table, area", "own table, quarter", "perception"},
    "years and months": set(),
    "years before months": {"own table, area"},
}
"""Places that state a change besides those of `EVERYWHERE`."""
on_the_default = pytest.mark.parametrize("view", ["worked example"], indirect=True)
BASES = ("month", "quarter", "ytd", "rolling_year")
NOT_COMPARED = "not compared"
PLACES = 6


class Stated(NamedTuple):
    """A change as it is stated somewhere."""

    where: str
    indicator: str
    now: str
    before: str
    value: str
    """The number and the percent, or that the two periods are not compared."""


@pytest.fixture(scope="module")
def view(request: pytest.FixtureRequest) -> Iterator[AreaView]:
    with pytest.MonkeyPatch.context() as patch:
        database, *seen = VIEWS[request.param]
        patch.setenv("SAFECITY_DATA_DIR", str(request.getfixturevalue(database)))
        yield view_of(shown_warehouse(), *seen)


@pytest.fixture(scope="module")
def indicators(view) -> list[str]:
    return view.indicators_with_figures()


@pytest.fixture(scope="module")
def asked(view, indicators) -> list[Stated]:
    """What `safecity show change` says of each indicator on each basis."""
    return [
        of_answer("show change", change_of(view, each, basis))
        for each in indicators
        for basis in BASES
    ]


def value_of(number: object, percent: object) -> str:
    known = [None if pd.isna(each) else round(float(each), PLACES) for each in (number, percent)]
    return NOT_COMPARED if known[0] is None else f"{known[0]:+g}, {known[1]}%"


def of_answer(where: str, answer: ChangeAnswer) -> Stated:
    change = answer.change
    return Stated(
        where, answer.indicator, change.current_label, change.previous_label,
        value_of(change.number, change.percent),
    )  # fmt: skip


def as_file(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a table as somebody reads it who downloaded it."""
    return pd.read_csv(BytesIO(csv_maker(rows, illustrative=False)()))


def of_types(where: str, rows: pd.DataFrame) -> list[Stated]:
    """What a download of the page Crime types states."""
    return [
        Stated(
            where, row["indicator_id"], row["current_period"], row["previous_period"],
            value_of(row["change"], row["percent"]),
        )
        for row in as_file(rows).to_dict("records")
    ]  # fmt: skip


def of_pivot(view: AreaView, types: tuple[str, ...], across: str, basis: str) -> list[Stated]:
    """What a table of one's own states of its latest period."""
    try:
        table = pivot(view, types, TYPE, across, PERCENT, (view.area_code,), basis)
    except NoFiguresError:  # Nothing here is counted so often: no table is shown.
        return []
    long = as_file(table.long)
    now, before = windows_for(QUARTER if across == QUARTER else basis, view.as_at_text)
    shown = quarter_label(now.last_month) if across == QUARTER else now.label()
    return [
        Stated(
            f"own table, {across}", row["indicator_id"], now.label(), before.label(),
            value_of(row["change"], row["percent"]),
        )
        for row in long[long["period"].eq(shown)].to_dict("records")
    ]  # fmt: skip


def of_review(view: AreaView) -> Iterable[Stated]:
    """What the download of the Quarterly review states: of the year so far and of the quarter."""
    quarter = [window.label() for window in windows_for("quarter", view.as_at_text)]
    before = review(view, view.as_at_text).set_index("indicator_id")["previous_period"]
    for row in as_file(meeting_sheet(view).numbers).to_dict("records"):
        known, year, of_quarter = row["Id"], "Change", "Quarter's change"
        if not pd.isna(row["Period"]):
            yield Stated(
                "review", known, row["Period"], before[known],
                value_of(row[year], row[f"{year}, percent"]),
            )  # fmt: skip
        yield Stated(
            "review, quarter", known, *quarter,
            value_of(row[of_quarter], row[f"{of_quarter}, percent"]),
        )  # fmt: skip


def of_contribution(indicator: str, answer: ContributionAnswer) -> Stated:
    change = answer.change
    return Stated(
        "contribution", indicator, change.current_label, change.previous_label,
        value_of(change.number, change.percent),
    )  # fmt: skip


def disagreeing(stated: Iterable[Stated]) -> dict[tuple[str, str, str], set[tuple[str, str]]]:
    """Return what is stated in more than one way, with where."""
    found: dict[tuple[str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for each in stated:
        found[each.indicator, each.now, each.before].add((each.value, each.where))
    return {
        key: said for key, said in found.items() if len({value for value, _ in said}) > 1
    }  # fmt: skip


@pytest.mark.parametrize(("view", "elsewhere"), ELSEWHERE.items(), indirect=["view"], ids=ELSEWHERE)
def test_every_download_and_answer_states_the_same_change(
    view, elsewhere, indicators, asked
) -> None:
    counts = tuple(crime_types(view, basis="ytd")["indicator_id"])
    stated = [*asked, *of_review(view)]
    for basis in BASES:
        stated += of_types("crime types", types_of(view, "all_crime", basis).rows)
        stated += of_types("side by side", sheet_of(view, counts, (view.area_code,), basis).rows)
        stated += of_pivot(view, counts, AREA, basis)
        for each in (
            crime_types(view, basis=basis)["part_of"].loc[lambda wholes: wholes.ne("")].unique()
        ):
            stated += [
                of_contribution(each, contribution(view, each, way, basis))
                for way in ways_of(view, each, basis)
            ]
    stated += of_pivot(view, counts, QUARTER, "quarter")
    # Surveys are of the worked example alone.
    for answer in perception(view) if view.plan_id else []:
        stated += [of_answer("perception", each) for each in answer.recorded]
    known = {each.indicator for each in asked}
    places = {each.where for each in stated if each.indicator in known}
    assert places == EVERYWHERE | elsewhere
    assert disagreeing(each for each in stated if each.indicator in known) == {}


def text_of(page: AppTest) -> str:
    """Return all the words of a page, and the reading tables' cells."""
    parts = [*page.title, *page.header, *page.markdown, *page.caption]
    words = [part.value for part in parts]
    words += [each.proto.label for each in page.get("page_link")]
    words += [html.unescape(each.proto.body) for each in page.get("html")]
    return "\n".join(words).replace("\\", "")


@on_the_default
def test_the_overview_states_the_change_of_the_command(view) -> None:
    board = board_of(view)
    assert "all crime fell 12%" in board.headline
    assert board.moved is not None
    ids = {view.indicator(each).title: each for each in view.indicators_with_figures()}
    for row in board.moved.chart.table.to_dict("records"):
        name = re.sub(r" \(NI \d+\)$", "", row["Indicator"])
        found = change_of(view, ids[name], "quarter").change
        assert row["Change"] == found.number
        assert row["Change, %"] == pytest.approx(found.percent)
        tested = found.significance
        is_beyond = None if tested is None else tested.is_beyond_chance
        assert row["Chance"] == CHANCE[is_beyond]


@pytest.mark.parametrize("indicator", ["all_crime", "arson", "ni_15", "dwelling_burglary"])
def test_the_page_of_an_indicator_states_what_the_command_states(
    open_page, default_data, indicator
) -> None:
    cells = re.findall(r"<td[^>]*>(.*?)</td>", text_of(
        open_page("indicator", default_data, indicator=indicator)))  # fmt: skip
    for basis in BASES:
        words = [
            "show",
            "change",
            "--indicator",
            indicator,
            "--basis",
            basis,
            "--data-dir",
            str(default_data),
        ]
        result = CliRunner().invoke(app, [*words, "--as-at", AS_AT])
        assert result.exit_code == 0, result.output
        said = json.loads(result.output)
        period = f"{said['current']:,.0f}, {said['current_period']}"
        at = next(place for place, cell in enumerate(cells) if cell == period)
        if said["change"] is None:
            assert cells[at - 1] == "Not compared"
            assert cells[at + 2].lower().startswith(said["not_comparable"].lower()[:30])
        else:
            sign = "−" if said["change"] < 0 else "+"
            assert cells[at - 1].startswith(f"{sign}{abs(said['change']):,.0f}")
            if said["percent"] is not None:
                assert f"({sign}{abs(round_half_up(said['percent'])):.0f}%)" in cells[at - 1]


@on_the_default
def test_what_a_note_calls_unreliable_is_compared_nowhere(open_page, default_data, view) -> None:
    assert change_of(view, "arson").change.number is None
    for chosen in ({"type": "arson"}, {"look": "compare", "types": "arson"}):
        page = open_page("crime_types", default_data, **chosen)
        (table,) = [
            each.value for each in [*page.table, *page.dataframe] if "Type" in each.value.columns
        ]
        row = table[table["Type"].str.contains("Arson")].iloc[0]
        assert row["Change"] == row["Change, %"] == "not compared"
        assert "Arson rose" not in text_of(page)
    review_page = text_of(open_page("quarterly_review", default_data))
    (arson,) = re.findall(r"<tr><th[^>]*>Arson.*?</tr>", review_page)
    assert "Not compared" in arson or "not compared" in arson
