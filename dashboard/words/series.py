"""Series in words: where each comes from, how often it is counted, and which one is shown."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.analysis.series import ILLUSTRATIVE, Series, why_not_headline
from dashboard.metrics.headline import FEW_PEERS, NO_YEAR_BEFORE, NOT_CURRENT
from dashboard.metrics.periods import Window, month_at, month_label
from dashboard.metrics.window_rows import SPAN_MONTHS, SURVEY_WAVE
from dashboard.words.reasons import lowered, names_in_short

SHORT_NAMES = {
    "ons_csp": "ONS",
    "ons_pfa": "ONS",
    "ho_open_data": "Home Office",
    "ho_rolling_year": "Home Office",
    "met_boroughs": "Metropolitan Police",
    "police_uk_street": "police.uk",
    "street_monthly": "police.uk, added up",
    "own_figures": "the partnership",
    "survey_results": "surveys loaded",
    ILLUSTRATIVE: "illustrative",
}
"""What a source is called in a line; any other by its publisher."""
ABOUT_RECORDED_CRIME = "About police recorded crime"
POLICE_RECORDED_CRIME = (
    "Police recorded crime is what the police record of what comes to their notice. It is "
    "published as official statistics, not accredited official statistics: the UK Statistics "
    "Authority took that standing away in January 2014, because of how crimes were recorded. "
    "A rise or fall can be one of reporting or of recording practice; the Crime Survey for "
    "England and Wales, which asks people, gives the context for the types that it covers. "
    "Source: ONS, Police Force Area data tables, year ending December 2024; UK Statistics "
    "Authority, January 2014."
)
"""Said once on every page that shows such figures, in a fold at its end."""
PLURALS = {
    "month": "months",
    "quarter": "quarters",
    "year": "years",
    "rolling_year": "years",
    SURVEY_WAVE: "surveys",
}
SINGULARS = {name: plural.removesuffix("s") for name, plural in PLURALS.items()}
WHY = {
    NOT_CURRENT: "ends earlier",
    NO_YEAR_BEFORE: "no year before to compare with",
    FEW_PEERS: "few of its group have it",
}


def source_name(source: str, loads: pd.DataFrame) -> str:
    """Return what a source is called in a line: "ONS".

    Args:
        source: Its id.
        loads: The query of that name.
    """
    if source in SHORT_NAMES:
        return SHORT_NAMES[source]
    publishers = loads.loc[loads["source_id"].eq(source), "publisher"]
    return str(publishers.iloc[0]) if len(publishers) else source


def headline_line(ordered: Sequence[Series], as_at: pd.Period | None, loads: pd.DataFrame) -> str:
    """Return which series stands for an indicator, and which others there are.

    Such as "ONS, years; also by month from police.uk (no year before to compare with)".

    Args:
        ordered: The series of one indicator in one area, the headline first.
        as_at: The last month that counts; None for all there is.
        loads: The query of that name.

    Returns:
        "" where there are no others: the source of the only one is under its figures.
    """
    if len(ordered) < 2:  # noqa: PLR2004 - one has no others
        return ""
    first, *others = ordered
    said = [f"{_capital(source_name(first.source, loads))}, {PLURALS[first.frequency]}"]
    for other in others:
        why = WHY.get(why_not_headline(other, ordered, as_at), "")
        name = f"by {SINGULARS[other.frequency]} from {source_name(other.source, loads)}"
        said.append(f"also {name}{f' ({why})' if why else ''}")
    return "; ".join(said)


def series_label(series: Series, as_at: pd.Period | None, loads: pd.DataFrame) -> str:
    """Return what a series is called in a choice: "police.uk, January to June 2025".

    Args:
        series: The series.
        as_at: The last month that counts; None for all there is.
        loads: The query of that name.
    """
    return f"{_capital(source_name(series.source, loads))}, {_extent(series, as_at)}"


def real_figures_of(titles: Sequence[str]) -> str:
    """Return which indicators have real figures beside illustrative ones; "" for none.

    Such as " Real figures: all crime, robbery."
    """
    if not titles:
        return ""
    return f" Real figures: {names_in_short([lowered(title) for title in titles])}."


def _extent(series: Series, as_at: pd.Period | None) -> str:
    """Return from when to when a series goes, up to a month."""
    ends = [int(end) for end in series.ends if as_at is None or end <= as_at.ordinal]
    if not ends:
        return "no figure yet"
    first, last = month_at(ends[0]), month_at(ends[-1])
    if series.frequency == SURVEY_WAVE:
        years = f"{first.year} to {last.year}" if first.year != last.year else str(last.year)
        return f"surveys of {years}"
    span = SPAN_MONTHS[series.frequency]
    if span == SPAN_MONTHS["year"]:
        if first == last:
            return f"year ending {month_label(last)}"
        return f"years ending {month_label(first)} to {month_label(last)}"
    return Window(month_at(ends[0] - span + 1), last).label()


def _capital(text: str) -> str:
    # An address keeps its small letters.
    return text if "." in text.partition(" ")[0] else f"{text[:1].upper()}{text[1:]}"
