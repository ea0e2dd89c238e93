"""A chart as Streamlit shows it, and the table that is downloaded."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts import theme
from dashboard.ui.downloads import ILLUSTRATIVE
from dashboard.ui.parts import plain

TIMEOUT = 20


def showing(rows: int, illustrative: bool) -> None:
    import pandas as pd  # noqa: PLC0415 - Streamlit runs this function as a script of its own

    from dashboard.charts.chart import Caption  # noqa: PLC0415
    from dashboard.charts.line_of_periods import line_of_periods  # noqa: PLC0415
    from dashboard.ui.parts import show  # noqa: PLC0415

    months = pd.date_range("2009-01-01", periods=rows, freq="MS")
    history = pd.DataFrame({"period": months, "value": range(100, 100 + rows)})
    caption = Caption("Cost rose by $5 to $10", "Crimes", "Source: Police", illustrative)
    show(line_of_periods(history, caption=caption, measure="Crimes"), key="history")


@pytest.fixture
def app(monkeypatch, tmp_path):
    # Nothing is published there, whatever the folder that the tests are run in holds.
    monkeypatch.setenv("SAFECITY_DATA_DIR", str(tmp_path))

    def run(rows: int = 3, illustrative: bool = False) -> AppTest:
        arguments = {"rows": rows, "illustrative": illustrative}
        shown = AppTest.from_function(showing, default_timeout=TIMEOUT, kwargs=arguments).run()
        assert not shown.exception
        return shown

    return run


def words(app: AppTest) -> str:
    return " ".join(text.value for text in [*app.header, *app.markdown])


def test_a_chart_has_its_finding_measure_source_and_table_around_it(app) -> None:
    shown = app()
    assert shown.header[0].value == r"Cost rose by \$5 to \$10"
    assert "Crimes" in words(shown)
    assert r"Source\: Police." in words(shown)
    assert shown.expander[0].label == "Table behind this chart"
    assert shown.table[0].value["Crimes"].tolist() == ["100", "101", "102"]


def test_a_chart_has_alt_text_and_is_drawn_in_the_house_style(app) -> None:
    proto = app().get("plotly_chart")[0].proto
    assert proto.alt.startswith("Cost rose by $5 to $10.")
    assert "102 in Mar 2009" in proto.alt
    assert json.loads(proto.spec)["data"][0]["line"]["color"] == theme.OWN
    assert json.loads(proto.config)["modeBarButtons"] == [["toImage"]]


def test_a_long_table_scrolls_in_its_own_frame(app) -> None:
    shown = app(rows=30)
    assert not shown.table
    assert len(shown.dataframe[0].value) == 30


def test_illustrative_figures_say_so_under_the_chart(app) -> None:
    assert ILLUSTRATIVE in words(app(illustrative=True))
    assert ILLUSTRATIVE not in words(app())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("£5 & 10%", "£5 & 10%"),
        ("a*b_c", r"a\*b\_c"),
        (":red[x]", r"\:red\[x\]"),
        ("$x$", r"\$x\$"),
    ],
)
def test_text_is_shown_as_it_is(text, shown) -> None:
    assert plain(text) == shown
