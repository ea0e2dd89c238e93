"""Where: a map of a type in the smallest areas that have figures, around the partnership."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.comparison import bases_with_figures
from dashboard.analysis.places import PlacesAnswer, places
from dashboard.analysis.small_areas import SMALL_AREA, WARD, small_areas
from dashboard.charts.area_map import HEIGHT, Box
from dashboard.charts.chart import Chart
from dashboard.intake.boundaries import BoundaryError, boundary_files, codes_in, shapes_of
from dashboard.pages.crime_types import as_python
from dashboard.pages.crime_types.choices import Chosen, cut_of
from dashboard.pages.crime_types.python import offer_python
from dashboard.store.builds import data_dir
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.choices import choose
from dashboard.ui.downloads import download
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain
from dashboard.ui.selection import Choice
from dashboard.words.places_map import (
    around,
    places_chart,
    places_download,
    places_title,
    shadings,
)
from dashboard.words.sources import source_of_indicators

OF_ALL_TYPES = "Street-level records have no such type: the total of all types is drawn."


class Places(NamedTuple):
    """The places of a map.

    Attributes:
        answer: Their figures.
        shapes: Of those drawn.
        box: What of the map is in sight; None for all of it.
        view: The series that the figures are of.
        basis: What is compared.
    """

    answer: PlacesAnswer
    shapes: pd.DataFrame
    box: Box | None
    view: AreaView
    basis: str


def where(chosen: Chosen, beside: DeltaGenerator) -> None:
    """Draw a map of the type.

    Args:
        chosen: The type.
        beside: Where boundaries and shading are asked for.
    """
    files = files_for(chosen.whole)
    if not files:
        st.info("There are no boundaries to draw a map with.", icon=":material/map:")
        link_to("load_figures", "Bring boundaries")
        return
    more = beside.popover("Map", icon=":material/map:", key="map_choices")
    with more:
        names = {name: Path(name).stem.replace("_", " ") for name in files}
        options = Choice("boundaries", names, next(iter(names)))
        name = choose("Boundaries", "boundaries", options)
    try:
        found = places_in(chosen, files[name])
    except (BoundaryError, NoFiguresError) as reason:
        st.info(plain(str(reason)), icon=":material/info:")
        return
    with more:
        offered = shadings(found.answer)
        options = Choice("shading", offered, next(iter(offered)))
        shading = choose("Shade by", "shade", options)
    show_map(chosen, found, shading, name)


def show_map(chosen: Chosen, found: Places, shading: str, name: str) -> None:
    """Show the map on a card.

    Args:
        chosen: The type.
        found: The places.
        shading: One of `dashboard.words.places_map.shadings`.
        name: Of the file of boundaries.
    """
    answer = found.answer
    cut = cut_of(found.view, found.basis)

    def beside() -> None:
        with st.popover("Figures", icon=":material/download:", key="places_figures"):
            table = places_download(answer, found.shapes)
            download(table, name="places", illustrative=answer.illustrative)
        offer_python(as_python.places_code(cut, chosen.indicator, name), "map")

    chart_card(
        map_of(found, chosen.indicator, shading),
        key="map",
        file=file_name(chosen.whole, chosen.indicator, "map"),
        title=places_title(answer, found.shapes, shading),
        help_for="area_map",
        said=[OF_ALL_TYPES] if answer.of_all_types else [],
        beside=beside,
    )


def map_of(found: Places, indicator: str, shading: str, height: int = HEIGHT) -> Chart:
    """Draw the places, so many pixels high."""
    source = source_of_indicators(found.view, indicator)
    return places_chart(
        found.answer, found.shapes, shading, source=source, view=found.box, height=height
    )


def files_for(view: AreaView) -> dict[str, Path]:
    """Return the files of boundaries by name, those with the smallest areas of an area first."""
    files = boundary_files(data_dir())
    small = [set(small_areas(view, kind)["area_code"]) for kind in (SMALL_AREA, WARD)]
    within = [*small, set(_own_codes(view))]

    def fineness(name: str) -> int:
        try:
            codes = codes_in(files[name])
        except BoundaryError:
            return len(within)
        has = (at for at, known in enumerate(within) if codes & known)
        return next(has, len(within))

    return {name: files[name] for name in sorted(files, key=fineness)}


def places_in(chosen: Chosen, path: Path) -> Places:
    """Return the figures of the places of a file that lie in the area, or around it.

    Where the series that is looked at has none of them, another series of the type may.

    Raises:
        BoundaryError: The file cannot be drawn.
        NoFiguresError: None of its places has a figure.
    """
    shapes, box = _shapes_of(chosen.whole, shapes_of(path))
    codes = tuple(shapes["area_code"])
    nothing = NoFiguresError("No other area, and none within this one, has figures to map.")
    for view, basis in _tried(chosen):
        try:
            answer = places(view, chosen.indicator, codes, basis)
        except NoFiguresError as reason:
            nothing = reason
            continue
        # Boundaries of the area alone have nothing to set it against, and are drawn all the same.
        is_alone = len(shapes) <= len(answer.own)
        if is_alone or len(answer.figures["count"].dropna()) > len(answer.own):
            return Places(answer, shapes, box, view, basis)
    raise nothing


def _tried(chosen: Chosen) -> Iterator[tuple[AreaView, str]]:
    """Yield the series of a type, each with what can be compared of it; as chosen first."""
    view, indicator = chosen.whole, chosen.indicator
    asked = replace(view, series_asked=chosen.view.series_asked)
    yield asked, chosen.basis
    for series in view.all_series(indicator):
        other = replace(view, series_asked=series.id)
        for basis in bases_with_figures(other, indicator, view.as_at_text):
            yield other, basis


def _shapes_of(view: AreaView, shapes: pd.DataFrame) -> tuple[pd.DataFrame, Box | None]:
    for kind in (SMALL_AREA, WARD):
        own = shapes[shapes["area_code"].isin(small_areas(view, kind)["area_code"])]
        if len(own):
            return own, None
    for code in _own_codes(view):
        near = around(shapes, code)
        if near is not None:
            return near
    return shapes, None


def _own_codes(view: AreaView) -> list[str]:
    """Return the codes of an area and of the local authorities that make it up."""
    areas = view.warehouse.cached_frame("areas")
    own = areas.loc[areas["area_code"].eq(view.area_code), "local_authority_codes"]
    return [view.area_code, *(code for codes in own for code in codes.split(";") if code)]
