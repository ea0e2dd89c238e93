"""How each status word looks: always a colour, a symbol and the word itself.

Blue is good, orange and pink are not, grey is unknown; no red against green. The symbols differ
in shape, so that a print in grey or a colour-blind reader loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts import theme
from dashboard.metrics.status import AT_RISK, CANNOT_SAY, MET, NOT_MET, OFF_TRACK, ON_TRACK


@dataclass(frozen=True)
class StatusLook:
    """How one status word is shown.

    Attributes:
        word: As the metrics give it.
        label: As it begins a line or fills a cell.
        symbol: A character, for text.
        marker: The same shape, as Plotly names it.
        colour: For the symbol; the words beside it keep the colour of text.
    """

    word: str
    label: str
    symbol: str
    marker: str
    colour: str

    @property
    def text(self) -> str:
        """Symbol and word: "▲ At risk"."""
        return f"{self.symbol} {self.label}"


LOOKS = {
    look.word: look
    for look in (
        StatusLook(MET, "Met", "✓", "star", theme.DARK_BLUE),
        StatusLook(ON_TRACK, "On track", "●", "circle", theme.MID_BLUE),
        StatusLook(AT_RISK, "At risk", "▲", "triangle-up", theme.ORANGE),
        StatusLook(OFF_TRACK, "Off track", "▼", "triangle-down", theme.DARK_PINK),
        StatusLook(NOT_MET, "Not met", "✕", "x", theme.DARK_PINK),
        StatusLook(CANNOT_SAY, "Cannot say", "–", "line-ew", theme.DARK_GREY),
    )
}
"""The look of every status word, in the order from best to unknown."""


def status_text(word: str) -> str:
    """Return symbol and word of a status.

    Raises:
        KeyError: It is not a status word.
    """
    return LOOKS[word].text
