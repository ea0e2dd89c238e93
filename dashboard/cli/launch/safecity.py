"""What Streamlit serves: the script of the pages, and the panel for what goes wrong in it."""

from pathlib import Path

import streamlit as st

from dashboard.app import PAGES
from dashboard.cli.launch.at_once import send_at_once
from dashboard.cli.launch.pages import page_routes
from dashboard.layout.fault import show_fault

send_at_once()
app = st.App(
    Path(__file__).with_name("script.py"),
    routes=page_routes(path for _, path, _, _ in PAGES),
    on_script_error=show_fault,
)
