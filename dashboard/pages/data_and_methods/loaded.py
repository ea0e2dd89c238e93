"""What is loaded and what is known of it, in words: files, rejected rows, notes, terms."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.rows import Indicator, records_of, rows_of
from dashboard.charts.wording import number_text
from dashboard.words.indicator import EFFECTS
from dashboard.words.levels import (
    DENOMINATORS,
    capital,
    date_text,
    in_words,
    named,
    per_text,
    text_or_nothing,
)

ACKNOWLEDGED = (
    "Contains public sector information licensed under the Open Government Licence v3.0, where a "
    "publication is used under it."
)
"""What that licence asks to be said."""


def loads_title(loads: pd.DataFrame) -> str:
    """Return what is loaded, in one sentence.

    Such as "Two files are loaded: 28,767 rows read, none rejected, 155 withheld by the publisher".
    """
    # A file that two sources read is loaded once for each.
    count = loads["file_id"].nunique()
    if not count:
        return "No file is loaded"
    files = f"{capital(in_words(count))} {'file is' if count == 1 else 'files are'}"
    read, rejected, withheld = (
        int(loads[column].sum()) for column in ("rows_read", "rows_rejected", "rows_withheld")
    )
    said = [
        f"{number_text(read)} rows read",
        f"{_or_none(rejected)} rejected",
        f"{_or_none(withheld)} withheld by the publisher",
    ]
    return f"{files} loaded: {', '.join(said)}"


def rejected_table(rejected: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that were left out, as texts; the query `rejected_rows`."""
    columns = {
        "file_name": "File",
        "line": "Line",
        "column_name": "Column",
        "value": "Value",
        "rule": "Rule",
        "what_to_do": "What to do",
    }
    return rejected[list(columns)].rename(columns=columns).map(text_or_nothing)


def revisions_table(revisions: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that a later publication changed, as texts; the query `revisions`."""
    return pd.DataFrame(
        [
            {
                "Area": text_or_nothing(each.area_name) or each.area_code,
                "Measure": each.measure_code,
                "Period": f"{each.period_kind.replace('_', ' ')} from "
                f"{date_text(each.period_start)}",
                "Was": number_text(each.previous_value),
                "Is": number_text(each.value),
                "Difference": number_text(each.difference, "change"),
                "Since": date_text(each.published),
            }
            for each in records_of(revisions)
        ]
    )


def notes_title(notes: pd.DataFrame) -> str:
    """Return how many notes there are, and on how many indicators no verdict can be given."""
    if notes.empty:
        return "There are no data notes"
    unreliable = notes.loc[notes["effect"].eq("unreliable"), "indicator_id"].nunique()
    notes_are = "data note" if len(notes) == 1 else "data notes"
    text = f"{len(notes)} {notes_are}"
    if not unreliable:
        return text
    on = "one indicator" if unreliable == 1 else f"{in_words(unreliable)} indicators"
    return f"{text}; because of them, no verdict is given on {on}"


def notes_table(notes: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Return the data notes of a plan, as texts; the queries `notes` and `indicators`."""
    names = {each.indicator_id: named(each) for each in rows_of(indicators, Indicator)}
    return pd.DataFrame(
        [
            {
                "Indicator": names.get(each.indicator_id, "All"),
                "What follows": EFFECTS.get(each.effect, each.effect),
                "Note": each.statement,
                "Period": each.period or "All",
                "Paragraph": each.paragraph,
            }
            for each in records_of(notes)
        ]
    )


def definitions_table(indicators: pd.DataFrame) -> pd.DataFrame:
    """Return the dictionary of indicators, as texts; the query `indicators`."""
    return pd.DataFrame(
        [
            {
                "Indicator": named(each),
                "Counted as": _unit(each),
                "Definition": each.definition,
                "Better": "Lower" if each.lower_is_better else "Higher",
                "Counted": each.period_kind.replace("_", " "),
                "Source": each.source,
            }
            for each in rows_of(indicators, Indicator)
        ]
    )


def licences_table(loads: pd.DataFrame) -> pd.DataFrame:
    """Return under which terms each publication is used, a row each."""
    return pd.DataFrame(
        [
            {
                "Publication": capital(each.source_title),
                "Publisher": each.publisher,
                "Licence": each.licence,
                "Where": each.landing_page,
            }
            for each in records_of(loads.drop_duplicates(["source_title", "licence"]))
        ]
    )


def _unit(about: Indicator) -> str:
    if about.unit == "rate":
        return f"Rate {per_text(about)}"
    if about.unit == "percent":
        return "Percentage"
    return f"Count; ranked {per_text(about)}" if about.denominator in DENOMINATORS else "Count"


def _or_none(number: int) -> str:
    return "none" if number == 0 else number_text(number)
