"""The plan's own figures beside those computed from the data: how they stand, one by one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.analysis.rows import records_of
from dashboard.charts.wording import NO_FIGURE, NOT_GIVEN, number_text
from dashboard.exhibits.words import capital, joined, readable, text_or_nothing
from dashboard.metrics.agreement import AGREES, CONTRADICTORY, DIFFERS, NOT_COMPUTABLE
from dashboard.metrics.agreement import NOT_GIVEN as LEFT_OPEN
from dashboard.metrics.reasons import Reasons
from dashboard.metrics.rounding import as_number
from dashboard.words.reasons import reason_in_words

VERDICTS = {
    AGREES: "agree with the data",
    DIFFERS: "differ",
    CONTRADICTORY: "contradict another figure of the plan",
    NOT_COMPUTABLE: "cannot be computed",
    LEFT_OPEN: "are left open by the plan",
}
"""What each verdict says of figures, in the order in which a reader asks."""
FIRST_IN_TABLE = (DIFFERS, CONTRADICTORY, AGREES, NOT_COMPUTABLE, LEFT_OPEN)
"""What a reader must act on comes before what is as it should be, and that before what nobody can
compute."""


def agreement_counts(agreement: pd.DataFrame) -> dict[str, int]:
    """Return how many figures have each verdict, all verdicts named."""
    found = agreement["verdict"].value_counts()
    return {verdict: int(found.get(verdict, 0)) for verdict in VERDICTS}


def agreement_title(agreement: pd.DataFrame) -> str:
    """Return how the plan's own figures stand against the data, in one sentence.

    Such as "61 of the 154 figures that the plan states agree with the data and none differs".
    """
    if agreement.empty:
        return "No plan is loaded for this area, so there are no stated figures to compare"
    counts = agreement_counts(agreement)
    differ = counts[DIFFERS]
    differs = "none differs" if not differ else f"{differ} {'differs' if differ == 1 else 'differ'}"
    return (
        f"{counts[AGREES]} of the {len(agreement)} figures that the plan states agree with the "
        f"data and {differs}"
    )


def agreement_sentence(agreement: pd.DataFrame) -> str:
    """Return what is the matter with the rest: "24 contradict another figure of the plan, …"."""
    counts = agreement_counts(agreement)
    rest = [f"{counts[verdict]} {words}" for verdict, words in list(VERDICTS.items())[2:]]
    return (
        f"Of the others, {joined(rest)}. The table begins with those that disagree, the largest "
        "difference first."
    )


def agreement_table(
    agreement: pd.DataFrame, indicators: pd.DataFrame, verdict: str = ""
) -> pd.DataFrame:
    """Return stated and computed figures side by side, as texts.

    Those that disagree come first, the largest difference at the top, then those that agree, then
    what cannot be computed; what is alike keeps the order of the plan.

    Args:
        agreement: Of `dashboard.analysis.agreement.agreement_table`.
        indicators: The query of that name.
        verdict: Only those with this verdict; "" for all.
    """
    chosen = agreement[agreement["verdict"].eq(verdict)] if verdict else agreement
    titles = dict(zip(indicators["indicator_id"], indicators["title"], strict=True))
    return pd.DataFrame(
        [
            {
                "Figure": _figure_name(each.indicator, each.measure, each.period, titles),
                "Verdict": capital(each.verdict),
                "Stated": text_or_nothing(each.stated) or NOT_GIVEN,
                "Computed": computed_text(each.computed, each.unit),
                "Reason and note": _reason_and_note(each.reason, each.note),
                "Paragraph": each.paragraph,
            }
            for each in records_of(_what_matters_first(chosen))
        ]
    )


def by_verdict(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return a table of `agreement_table` in parts by their verdicts, each with its number."""
    return {
        f"{name} ({len(part)})": part.drop(columns="Verdict")
        for name, part in table.groupby("Verdict", sort=False)
    }


def _what_matters_first(agreement: pd.DataFrame) -> pd.DataFrame:
    """Return the figures by verdict, and those that disagree by their share of the larger one."""
    stated, computed = agreement["number"].astype(float), agreement["computed"].astype(float)
    larger = np.maximum(stated.abs(), computed.abs())
    difference = ((stated - computed).abs() / larger.where(larger.gt(0))).fillna(0.0)
    disagrees = agreement["verdict"].isin([DIFFERS, CONTRADICTORY])
    order = agreement.assign(
        place=agreement["verdict"].map(FIRST_IN_TABLE.index),
        difference=difference.where(disagrees, 0.0),
    )
    return order.sort_values(["place", "difference"], ascending=[True, False], kind="stable")


def computed_text(value: float | None, unit: str) -> str:
    """Return a computed figure: "−12.1%", "13th", "£550,000", "1,234", "1.9"."""
    number = as_number(value)
    if number is None:
        return NO_FIGURE
    if unit == "rank":
        return number_text(number, "rank")
    places = 0 if number == int(number) else 1
    text = number_text(number, "percent" if unit == "percent" else "count", places=places)
    return f"£{text}" if unit == "GBP" else text


def _figure_name(indicators: str, measure: str, period: str, titles: dict[str, str]) -> str:
    """Return what a figure is: "All crime: change, April to December 2009"."""
    of = joined([titles.get(each, each) for each in indicators.split("+") if each])
    what = ", ".join(filter(None, (text_or_nothing(measure), readable(text_or_nothing(period)))))
    return f"{of}: {what}" if of else capital(what)


def _reason_and_note(reason: Reasons | str, note: str) -> str:
    # The note is a sentence of the plan's data; the reason is put together from numbers.
    texts = (readable(reason_in_words(reason)), text_or_nothing(note))
    return ". ".join(filter(None, dict.fromkeys(capital(text) for text in texts)))
