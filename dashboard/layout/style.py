"""How the app looks on paper and on a projector; one place for both."""

from __future__ import annotations

import streamlit as st

from dashboard.layout.parts import background

VIEW, PROJECTOR = "view", "projector"
"""The parameter of the address that chooses a view, and its value for a projector."""

#: A print is the page's words, tables and charts on A4: of what can be clicked the words of cards
#: alone, no row cut in two, every priority on a page of its own.
PAPER = """<style>
@media print {
  @page { size: A4; margin: 12mm; }
  html { font-size: 11px; }
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    position: static; display: block; height: auto; min-height: 0; overflow: visible; }
  .stApp { background: #fff; color: #0b0c0c; }
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"],
  [data-testid="stExpandSidebarButton"], [data-testid="stButton"], [data-testid="stForm"],
  [data-testid="stDownloadButton"], [data-testid="stPopover"], [data-testid="stPageLink"],
  [data-testid="stSelectbox"], [data-testid="stMultiSelect"], [data-testid="stExpander"],
  [data-testid="stButtonGroup"], [data-testid="stFileUploader"], [data-testid="stTooltipIcon"],
  [class*="st-key-downloads_"], [class*="st-key-not_printed"] { display: none !important; }
  [class*="st-key-card_"] [data-testid="stPageLink"] { display: block !important; }
  [data-testid="stMainBlockContainer"] { max-width: none; padding: 0; }
  [data-testid="stVerticalBlock"] { display: block; }
  [data-testid="stVerticalBlock"] > * { margin-bottom: 0.5rem; }
  [data-testid="stElementContainer"], [data-testid="stMarkdownContainer"] { width: auto; }
  [class*="st-key-card_"] { break-inside: avoid; }
  [class*="st-key-priority_"] { break-before: page; }
  /* A chart keeps the width it had on screen: from a laptop's it is made to fit, from a wider one
     the browser makes the page fit it. */
  [data-testid="stPlotlyChart"] { zoom: 0.76; overflow: visible !important; }
  h1, h2, h3, .reading thead { break-after: avoid; }
  .reading { font-size: 0.8rem; }
  .reading thead { display: table-header-group; }
  .reading tr, [data-testid="stPlotlyChart"] { break-inside: avoid; }
}
</style>"""

#: Charts and notices drawn for a dark page, turned light for paper; their hues stay.
FROM_DARK = """<style>
@media print {
  [data-testid="stPlotlyChart"], [data-testid="stAlert"] { filter: invert(1) hue-rotate(180deg); }
}
</style>"""

#: Streamlit's sizes are all in rem, so that one number enlarges everything but the charts.
LARGE = """<style>
html { font-size: 20px; }
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
[data-testid="stMainBlockContainer"] { max-width: none; padding-top: 1rem; }
[data-testid="stHeader"] { display: none; }
.reading { font-size: 1rem; }
</style>"""


def show_style() -> None:
    """Style the page for paper, and for a projector where the address asks for it."""
    dark = FROM_DARK if background() == "dark" else ""
    st.html(PAPER + dark + (LARGE if is_projected() else ""))


def is_projected() -> bool:
    """Return whether the page is shown on a projector."""
    return st.query_params.get(VIEW) == PROJECTOR


def offer_projector() -> None:
    """Offer to turn the projector's view on, or off."""
    label = "Close the projector view" if is_projected() else "View for the projector"
    st.button(label, key="projector", icon=":material/present_to_all:", type="tertiary",
              on_click=_turn)  # fmt: skip


def _turn() -> None:
    if is_projected():
        st.query_params.pop(VIEW, None)
    else:
        st.query_params[VIEW] = PROJECTOR
