"""The app: its pages, and the frame that they share. Adding a page is one line in `PAGES`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.pages.actions import page as actions
from dashboard.pages.crime_types import page as crime_types
from dashboard.pages.data_and_methods import page as data_and_methods
from dashboard.pages.getting_started import page as getting_started
from dashboard.pages.indicator import page as indicator
from dashboard.pages.load_figures import page as load_figures
from dashboard.pages.most_similar_group import page as most_similar_group
from dashboard.pages.overview import page as overview
from dashboard.pages.public_perception import page as public_perception
from dashboard.pages.quarterly_review import page as quarterly_review
from dashboard.pages.targets import page as targets
from dashboard.ui import frame
from dashboard.ui.choices import show_pages
from dashboard.ui.style import show_brand

PAGES: list[tuple[str, str, str, Callable[[AreaView], None]]] = [
    ("Overview", "overview", ":material/dashboard:", overview.page),
    ("Quarterly review", "quarterly_review", ":material/event_note:", quarterly_review.page),
    ("Indicator", "indicator", ":material/query_stats:", indicator.page),
    ("Targets", "targets", ":material/flag:", targets.page),
    ("Most Similar Group", "most_similar_group", ":material/groups:", most_similar_group.page),
    ("Crime types", "crime_types", ":material/category:", crime_types.page),
    ("Public perception", "public_perception", ":material/forum:", public_perception.page),
    ("Actions and resources", "actions", ":material/checklist:", actions.page),
    ("Data and methods", "data_and_methods", ":material/menu_book:", data_and_methods.page),
    ("Load figures", "load_figures", ":material/upload_file:", load_figures.page),
    ("Getting started", "getting_started", ":material/rocket_launch:", getting_started.page),
]

#: Streamlit would fetch a named icon from outside.
ICON = Path(__file__).parent / "icon.svg"


def main() -> None:
    """Draw the page that the address names, within the frame."""
    st.set_page_config(page_title="Safe City", page_icon=str(ICON), layout="wide")
    with st.sidebar:
        show_brand(ICON)
        own_brand = st.container()
    pages = [
        st.Page(
            frame.framed(draw, path, own_brand),
            title=title,
            url_path=path,
            icon=icon,
            default=path == frame.FIRST_PAGE,
        )
        for title, path, icon, draw in PAGES
    ]
    # Streamlit's own menu drops what was chosen; these links take it along.
    chosen = st.navigation(pages, position="hidden")
    with st.sidebar:
        show_pages(pages)
    chosen.run()
