"""How every chart looks: palette, template, and the same figure for a dark background.

The colours are the categorical palette of the UK Government Analysis Function ("Data
visualisation: colours in charts"), in its order, and its sequential blues. They are made for
white. Charts are drawn in them, and `for_background` exchanges each for its dark counterpart, so
that a chart function knows one palette only and a kept figure serves both.
"""

from __future__ import annotations

import functools
from typing import Any, Literal

import plotly.graph_objects as go

Background = Literal["light", "dark"]

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"
LIGHT_PURPLE = "#A285D1"
CATEGORICAL = (DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, LIGHT_PURPLE)

MID_BLUE = "#2073BC"
LIGHT_BLUE = "#6BACE6"
PALE_BLUE = "#DCEAF7"
PALE_ORANGE = "#FBC9AE"
"""The least of scales that end in the palette's dark blue and orange."""

PAGE = "#FFFFFF"
TEXT = "#0B0C0C"
QUIET_TEXT = "#505A5F"
GRID = "#DCDFE1"
OTHERS = "#8C8C8C"
"""Everybody who is not the area looked at. Darker than the palette's own focus grey (#BFBFBF),
which has too little contrast with white for WCAG 2.2, 1.4.11."""

OWN = DARK_BLUE
TRANSPARENT = "rgba(0,0,0,0)"

IN_THE_DARK = {
    DARK_BLUE: "#7DB8EC",
    DARK_PINK: "#E58CBF",
    DARK_GREY: "#C8CACC",
    MID_BLUE: "#4A94D6",
    LIGHT_BLUE: "#2E6FA8",
    PALE_BLUE: "#182B3D",
    PALE_ORANGE: "#8A4A2A",
    PAGE: "#171614",
    TEXT: "#FAFAFA",
    QUIET_TEXT: "#B1B6BC",
    GRID: "#3A3936",
    OTHERS: "#6B727B",
}
"""What each colour becomes on Streamlit's dark page; turquoise, orange and purple stay."""

VERDICTS: dict[str, tuple[str, str]] = {
    "met": (DARK_BLUE, "#FFFFFF"),
    "on track": ("#D3E3F2", DARK_BLUE),
    "at risk": ("#FDE0D2", "#7A2A05"),
    "off track": (DARK_PINK, "#FFFFFF"),
    "not met": ("#4D0D30", "#FFFFFF"),
    "cannot say": ("#EBEDEE", DARK_GREY),
}
"""The paper and the text of a verdict, by its word: never red against green, never colour alone."""

VERDICTS_IN_THE_DARK: dict[str, tuple[str, str]] = {
    "met": ("#7DB8EC", "#0B0C0C"),
    "on track": ("#1D3A57", "#D3E3F2"),
    "at risk": ("#5C2C12", "#FDE0D2"),
    "off track": ("#A02B6C", "#FFFFFF"),
    "not met": ("#F2C4DD", "#0B0C0C"),
    "cannot say": ("#33353A", "#E6E7E9"),
}

IN_THE_DARK |= {
    light: dark
    for word, looks in VERDICTS.items()
    for light, dark in zip(looks, VERDICTS_IN_THE_DARK[word], strict=True)
    if light not in IN_THE_DARK
}
"""What charts draw verdicts in: the palette's own colours keep their counterparts."""

TYPE = {"tiny": 0.75, "small": 0.875, "body": 1.0, "heading": 1.125, "large": 1.25, "number": 1.75}
"""The sizes of type, in rem: labels of columns; what is read beside something; text; a card's
heading; a number on a phone; a number."""

FONT_FAMILY = '"Source Sans", "Source Sans 3", Arial, sans-serif'
FONT_SIZE = 14
HEIGHT = 340
LINE_HEIGHT = 19
"""Pixels that a line of a chart's text takes."""
ROW_GAP = 9
"""Pixels between the rows of a bar chart."""

CONFIG: dict[str, Any] = {
    "displayModeBar": True,
    "modeBarButtons": [["toImage"]],
    "displaylogo": False,
    "responsive": True,
    "scrollZoom": False,
    "showTips": False,
}
"""For `st.plotly_chart(config=…)`: no logo, and a finger scrolls the page.

The one tool, which takes a picture, is out of sight: the chart's card uses it.
"""


@functools.cache
def template() -> go.layout.Template:
    """Return the house style as a Plotly template."""
    font = {"family": FONT_FAMILY, "size": FONT_SIZE, "color": TEXT}
    axis = {
        "color": QUIET_TEXT,
        "gridcolor": GRID,
        "linecolor": QUIET_TEXT,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "tickfont": {"color": TEXT, "size": FONT_SIZE},
    }
    layout = {
        "colorway": list(CATEGORICAL),
        "font": font,
        "paper_bgcolor": TRANSPARENT,
        "plot_bgcolor": TRANSPARENT,
        "margin": {"l": 8, "r": 12, "t": 16, "b": 8},
        "separators": ".,",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": PAGE,
            "bordercolor": QUIET_TEXT,
            "font": font,
            "align": "left",
        },
        "xaxis": {**axis, "showgrid": False},
        "yaxis": axis,
        "annotationdefaults": {"showarrow": False, "font": {"size": FONT_SIZE, "color": TEXT}},
    }
    return go.layout.Template(layout=layout)


def in_the_dark(colour: str) -> str:
    """Return the counterpart of a colour on a dark page; one without stays as it is."""
    return IN_THE_DARK.get(colour, colour)


def css_variables(background: Background) -> str:
    """Return colours and sizes of type as a stylesheet has them: `--on-at-risk`, `--type-small`."""
    is_dark = background == "dark"
    named = {
        "dark-blue": DARK_BLUE,
        "pale-blue": PALE_BLUE,
        "dark-pink": DARK_PINK,
        "orange": ORANGE,
        "text": TEXT,
        "quiet-text": QUIET_TEXT,
        "grid": GRID,
        "paper": PAGE,
    }
    colours = {name: in_the_dark(colour) if is_dark else colour for name, colour in named.items()}
    for word, (paper, text) in (VERDICTS_IN_THE_DARK if is_dark else VERDICTS).items():
        name = word.replace(" ", "-")
        colours |= {name: paper, f"on-{name}": text}
    sizes = {f"type-{name}": f"{size:g}rem" for name, size in TYPE.items()}
    named_values = (colours | sizes).items()
    return f":root {{{' '.join(f'--{name}: {value};' for name, value in named_values)}}}"


def for_background(figure: go.Figure, background: Background) -> go.Figure:
    """Return the figure for a background; the one given is left as it was.

    Args:
        figure: Drawn in the colours of this module.
        background: Of the page that it is shown on.
    """
    if background == "light":
        return figure
    return go.Figure(_exchange(figure.to_plotly_json()), skip_invalid=False)


def _exchange(part: object) -> object:
    """Return a piece of a figure with every colour exchanged for its dark counterpart."""
    if isinstance(part, str):
        return in_the_dark(part)
    if isinstance(part, dict):
        return {name: _exchange(value) for name, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_exchange(value) for value in part]
    return part
