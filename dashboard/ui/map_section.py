"""A map of areas shaded by a figure, from the boundaries that the user gives."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.places import places
from dashboard.intake.boundaries import FOLDER, BoundaryError, boundary_files, shapes_of
from dashboard.store.builds import data_dir
from dashboard.ui.choices import choose
from dashboard.ui.crime_type_choices import TypeChoice, choose_one_type, cut_of
from dashboard.ui.downloads import download
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain, show, small_print
from dashboard.ui.python_block import python_block
from dashboard.ui.selection import Choice
from dashboard.words import as_python
from dashboard.words.places_map import places_chart, places_download, shadings
from dashboard.words.sources import source_of_indicators

NO_BOUNDARIES = (
    "There are no boundaries to draw a map with. Bring them on Load figures: GeoJSON or TopoJSON, "
    "such as local authorities, wards or small areas (LSOA) of the ONS Open Geography portal. They "
    f"are kept in the folder “{FOLDER}” of the data folder, where they can be put by hand as well."
)


def map_section(view: AreaView) -> None:
    """Draw a map of a type."""
    files = boundary_files(data_dir())
    if not files:
        st.info(NO_BOUNDARIES, icon=":material/map:")
        link_to("load_figures", "Load figures")
        return
    chosen = choose_one_type(view)
    names = {name: name for name in files}
    given, shade = st.columns(2)
    with given:
        name = choose("Boundaries", "boundaries", Choice("boundaries", names, next(iter(names))))
    try:
        _draw(view, chosen, name, shade)
    except (BoundaryError, NoFiguresError) as reason:
        st.info(plain(str(reason)), icon=":material/info:")


def _draw(
    view: AreaView, chosen: TypeChoice, name: str, beside: st.delta_generator.DeltaGenerator
) -> None:
    shapes = shapes_of(boundary_files(data_dir())[name])
    answer = places(view, chosen.indicator, tuple(shapes["area_code"]), chosen.basis)
    names = shadings(answer)
    with beside:
        shading = choose("Shade by", "shade", Choice("shading", names, next(iter(names))))
    chart = places_chart(
        answer, shapes, shading, source=source_of_indicators(view, chosen.indicator)
    )
    show(chart, key="map", help_for="area_map")
    if answer.of_all_types:
        small_print("Street-level records have no such type: the total of all types is drawn.")
    download(places_download(answer, shapes), name="places", illustrative=answer.illustrative)
    python_block(as_python.places_code(cut_of(view, chosen.basis), chosen.indicator, name))
