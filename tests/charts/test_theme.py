from __future__ import annotations

import re
from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboard.charts import theme
from dashboard.charts.drawing import Drawing
from dashboard.words.verdict import SYMBOLS

ROOT = Path(__file__).resolve().parents[2]
# WCAG 2.2: 1.4.3 for text, 1.4.11 for graphics.
TEXT_CONTRAST, GRAPHICS_CONTRAST = 4.5, 3.0
# Streamlit 1.67's own backgrounds: the page, and the sidebar and what stands on it.
LIGHT, DARK = ("#FFFFFF", "#F8F8F7"), ("#171614", "#21201D")

GRAPHICS = {*theme.CATEGORICAL, theme.OTHERS, theme.MID_BLUE, theme.QUIET_TEXT}
TEXTS = {theme.TEXT, theme.QUIET_TEXT}
# These have 2.85 to 2.98 to 1 on the sidebar's off-white; charts stand on the page.
ONLY_ON_THE_PAGE = {theme.ORANGE, theme.LIGHT_PURPLE, theme.TURQUOISE}


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", sorted(GRAPHICS))
def test_graphics_stand_out_in_both_themes(colour: str) -> None:
    on_light = LIGHT[:1] if colour in ONLY_ON_THE_PAGE else LIGHT
    assert min(contrast(colour, page) for page in on_light) >= GRAPHICS_CONTRAST
    in_dark = theme.in_the_dark(colour)
    assert min(contrast(in_dark, page) for page in DARK) >= GRAPHICS_CONTRAST


@pytest.mark.parametrize("colour", sorted(TEXTS))
def test_text_is_legible_in_both_themes(colour: str) -> None:
    assert min(contrast(colour, page) for page in LIGHT) >= TEXT_CONTRAST
    assert min(contrast(theme.in_the_dark(colour), page) for page in DARK) >= TEXT_CONTRAST


@pytest.mark.parametrize(
    ("text", "on"), [(theme.PAGE, theme.OWN), (theme.TEXT, theme.OTHERS)], ids=["own", "others"]
)
def test_text_on_a_mark_is_legible_in_both_themes(text: str, on: str) -> None:
    assert contrast(text, on) >= TEXT_CONTRAST
    assert contrast(theme.in_the_dark(text), theme.in_the_dark(on)) >= TEXT_CONTRAST


@pytest.mark.parametrize("exchange", [lambda c: c, theme.in_the_dark], ids=["light", "dark"])
def test_the_own_area_stands_out_from_the_others_by_lightness(exchange) -> None:
    assert contrast(exchange(theme.OWN), exchange(theme.OTHERS)) >= 2


def test_the_dark_palette_is_as_many_colours_as_the_light_one() -> None:
    assert len({theme.in_the_dark(colour) for colour in theme.CATEGORICAL}) == 6


def test_a_dark_figure_has_no_colour_made_for_white_and_the_light_one_is_untouched() -> None:
    figure = Drawing().figure()
    figure.add_trace(
        go.Bar(x=[1, 2], y=[1, 2], marker={"color": [theme.OWN, theme.OTHERS]}, text=["a", "b"])
    )
    before = figure.to_json()
    dark = theme.for_background(figure, "dark")
    assert figure.to_json() == before
    assert theme.for_background(figure, "light") is figure
    assert not [colour for colour in theme.IN_THE_DARK if colour in dark.to_json()]
    assert list(dark.data[0].marker.color) == [
        theme.in_the_dark(theme.OWN),
        theme.in_the_dark(theme.OTHERS),
    ]
    assert list(dark.data[0].x) == [1, 2]
    assert dark.layout.height == figure.layout.height


def test_a_figure_lets_the_page_through_and_the_finger_scroll() -> None:
    layout = Drawing().figure().layout.template.layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == theme.TRANSPARENT
    assert layout.separators == ".,"
    assert layout.dragmode is False
    assert layout.showlegend is False
    assert theme.CONFIG["modeBarButtons"] == [["toImage"]]
    assert theme.CONFIG["displaylogo"] is False


@pytest.mark.parametrize("word", [*theme.VERDICTS])
@pytest.mark.parametrize("colours", [theme.VERDICTS, theme.VERDICTS_IN_THE_DARK])
def test_the_text_of_a_verdict_is_legible(colours: dict[str, tuple[str, str]], word: str) -> None:
    paper, text = colours[word]
    assert contrast(paper, text) >= TEXT_CONTRAST


def test_every_verdict_has_a_look_of_its_own_in_both_themes() -> None:
    assert set(theme.VERDICTS) == set(theme.VERDICTS_IN_THE_DARK) == set(SYMBOLS)
    for colours in (theme.VERDICTS, theme.VERDICTS_IN_THE_DARK):
        assert len(set(colours.values())) == len(colours)


def test_the_stylesheet_has_the_colours_of_the_background() -> None:
    assert f"--dark-blue: {theme.DARK_BLUE};" in theme.css_variables("light")
    assert f"--dark-blue: {theme.in_the_dark(theme.DARK_BLUE)};" in theme.css_variables("dark")
    assert "--on-at-risk:" in theme.css_variables("light")


def test_every_size_of_type_on_the_screen_is_of_the_scale() -> None:
    sheet = (ROOT / "dashboard" / "ui" / "style.css").read_text(encoding="utf-8")
    screen, _, _ = sheet.partition("/* A print is")
    used = set(re.findall(r"font-size: ([^;}]+)", screen))
    assert used <= {f"var(--type-{name})" for name in theme.TYPE} | {"inherit"}
    given = theme.css_variables("light")
    assert all(f"--type-{name}: {size:g}rem;" in given for name, size in theme.TYPE.items())
