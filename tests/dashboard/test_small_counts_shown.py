"""A setting, off by default, shows the small counts of one partnership's own sources, marked."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard.cli.main import app
from dashboard.ui.downloads import as_file
from dashboard.words.reasons import RESTRICTED
from etl.build import build, is_current
from etl.datadir import DataDir
from etl.raw import add_file
from etl.settings import choose_small_counts, partnerships_shown_in_full

SOUTHAMPTON, PORTSMOUTH = "E22000120", "E22000118"
DISTRICTS = {SOUTHAMPTON: "E06000045", PORTSMOUTH: "E06000044"}
WARDS = {f"E0500000{at}": "E06000045" for at in range(1, 5)}
WARDS |= {f"E0500001{at}": "E06000044" for at in range(1, 5)}
SMALL_AREA = "E01000001"
COUNTS = (2, 7, 9, 30)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataDir:
    """Robberies that two partnerships counted themselves: by ward, by small area, by type."""
    folder = tmp_path_factory.mktemp("entitled")
    data = DataDir(folder / "data")
    lookup = folder / "lookup.csv"
    rows = [
        f"E0100000{at},a,{ward},Ward {at},{district},X"
        for at, (ward, district) in enumerate(WARDS.items(), start=1)
    ]
    header = "lsoa21_code,lsoa21_name,ward24_code,ward24_name,ltla24_code,ltla24_name"
    lookup.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    own = folder / "own.csv"
    counted = {ward: COUNTS[at % 4] for at, ward in enumerate(WARDS)} | {SMALL_AREA: 2}
    counted |= dict.fromkeys(DISTRICTS.values(), sum(COUNTS))
    lines = [f"{area},local:robbery,2024-01,{value}" for area, value in counted.items()]
    lines += [f"{area},local:sexual_offences,2024-01,3" for area in DISTRICTS]
    text = "\n".join(["area_code,measure_code,period,value", *lines, ""])
    own.write_text(text, encoding="utf-8")
    for path in (lookup, own):
        add_file(data, path, published=date(2024, 5, 1), loaded_by="a test")
    return data


def hidden_in(data: DataDir) -> set[str]:
    with duckdb.connect(build(data).path, read_only=True) as connection:
        rows = connection.execute(
            "select area_code, numerator from indicator_period where suppression <> ''"
        ).df()
    assert rows["numerator"].isna().all()
    return set(rows["area_code"])


def test_small_counts_are_hidden_until_the_setting_is_made_and_then_of_that_area_alone(data):
    own, other = (
        {ward for ward, of in WARDS.items() if of == DISTRICTS[area]} for area in DISTRICTS
    )
    before = hidden_in(data)
    assert {SOUTHAMPTON, PORTSMOUTH, SMALL_AREA} < before
    assert before & own
    choose_small_counts(data.root, SOUTHAMPTON)
    try:
        assert not is_current(data)
        assert hidden_in(data) == before - own - {SOUTHAMPTON, SMALL_AREA}
        assert before & other
    finally:
        choose_small_counts(data.root, "")
    assert hidden_in(data) == before


def a_picture() -> None:
    """Offer a chart as a picture."""
    # Streamlit runs this function as a script of its own.
    import pandas as pd  # noqa: PLC0415
    import plotly.graph_objects as go  # noqa: PLC0415

    from dashboard.charts.chart import Caption, Chart  # noqa: PLC0415
    from dashboard.ui.chart_card import offer_picture  # noqa: PLC0415

    caption = Caption("Robbery rose", "Robberies by ward", "Own figures")
    offer_picture(Chart(go.Figure(), caption, "", pd.DataFrame()), "robbery", "robbery")


@pytest.mark.parametrize("chosen", ["", SOUTHAMPTON])
def test_pages_files_and_the_command_line_say_so(data, open_page, tmp_path, chosen) -> None:
    # In a folder of its own, since readers are not shown a new build at once.
    own = DataDir(tmp_path / "data")
    shutil.copytree(data.root, own.root)
    choose_small_counts(own.root, chosen)
    build(own)
    page = open_page("crime_types", own.root, area=SOUTHAMPTON)
    is_marked = bool(chosen)
    assert any(RESTRICTED in each.value for each in page.markdown) == is_marked
    table = pd.DataFrame({"Area": [SOUTHAMPTON], "Robbery": [2]})
    marked, name = as_file(table, "types", illustrative=False)
    assert name == ("restricted_types" if is_marked else "types")
    assert ("Restricted" in marked) == is_marked
    # Of the folder that the page above was opened on.
    (picture,) = AppTest.from_function(a_picture).run().get("bidi_component")
    taken = json.loads(picture.proto.json)
    assert taken["file"].startswith("restricted_") == is_marked
    assert (RESTRICTED in taken["below"]) == is_marked
    words = ["show", "change", "--indicator", "robbery", "--area", SOUTHAMPTON]
    words += ["--as-at", "2024-01", "--basis", "month", "--data-dir", str(own.root)]
    done = CliRunner().invoke(app, words)
    assert json.loads(done.stdout)
    assert (RESTRICTED in done.stderr) == is_marked


def test_it_is_made_by_name_and_taken_back(tmp_path: Path) -> None:
    given = ("--data-dir", str(tmp_path), "--json")
    for words, code in (((), ""), (("Southampton",), SOUTHAMPTON), ((), SOUTHAMPTON)):
        done = CliRunner().invoke(app, ["config", "small_counts", *words, *given])
        assert json.loads(done.stdout) == {"small_counts": code}
    assert partnerships_shown_in_full(tmp_path) == [SOUTHAMPTON]
    CliRunner().invoke(app, ["config", "small_counts", "--clear", *given])
    assert partnerships_shown_in_full(tmp_path) == []
