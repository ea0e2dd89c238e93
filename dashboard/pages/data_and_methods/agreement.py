"""The plan's own figures beside those computed from the data: how they stand, one by one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.analysis.agreement import AgreementAnswer
from dashboard.analysis.rows import records_of
from dashboard.charts.wording import NO_FIGURE, NOT_GIVEN, number_text
from dashboard.metrics.agreement import (
    AGREES,
    ARITHMETIC,
    CONTRADICTORY,
    DIFFERS,
    EVIDENCE,
    MADE_TO_AGREE,
    NOT_COMPUTABLE,
    REAL,
)
from dashboard.metrics.agreement import NOT_GIVEN as LEFT_OPEN
from dashboard.metrics.reasons import Reasons
from dashboard.metrics.rounding import as_number
from dashboard.words.levels import capital, joined, readable, text_or_nothing
from dashboard.words.reasons import names_in_short, reason_in_words

NUMBERS = {
    AGREES: "Agree",
    DIFFERS: "Differ",
    CONTRADICTORY: "Contradict another",
    NOT_COMPUTABLE: "Cannot be computed",
    LEFT_OPEN: "Left open by the plan",
}
"""What figures of each verdict do, in the order in which a reader asks."""
RESTS_ON = {
    REAL: "with real figures",
    ARITHMETIC: "with other numbers of the plan",
    MADE_TO_AGREE: "since the worked example was made so",
}
"""With what figures of each kind of evidence agree."""
FIRST_IN_TABLE = (DIFFERS, CONTRADICTORY, AGREES, NOT_COMPUTABLE, LEFT_OPEN)
"""What a reader must act on comes before what is as it should be, and that before what nobody can
compute."""


def agreement_counts(answer: AgreementAnswer) -> dict[str, int]:
    """Return how many figures have each verdict, all verdicts named."""
    return {verdict: answer.having(verdict) for verdict in NUMBERS}


def agreement_title(answer: AgreementAnswer) -> str:
    """Return how the plan's own figures stand.

    Such as "78 of 172 figures of the plan agree; 26 contradict another of them".
    """
    if not answer.stated:
        return "No plan is loaded for this area, so there are no stated figures to compare"
    counts = agreement_counts(answer)
    if not any(counts[verdict] for verdict in (AGREES, DIFFERS, CONTRADICTORY)):
        return f"Nothing can be computed of the {answer.stated} figures that the plan states"
    said = [f"{counts[AGREES]} of {answer.stated} figures of the plan agree"]
    for verdict, one, several in (
        (DIFFERS, "differs", "differ"),
        (CONTRADICTORY, "contradicts another of them", "contradict another of them"),
    ):
        if count := counts[verdict]:
            said.append(f"{count} {one if count == 1 else several}")
    return f"{said[0]}; {joined(said[1:])}" if len(said) > 1 else said[0]


def agreement_numbers(answer: AgreementAnswer) -> list[tuple[str, str]]:
    """Return how many figures have each verdict: what they do, and the number."""
    counts = agreement_counts(answer)
    return [(name, f"{counts[verdict]}") for verdict, name in NUMBERS.items()]


def agreement_line(answer: AgreementAnswer) -> str:
    """Return what those that agree were held against."""
    apart = [f"{answer.agreeing(each)} {name}" for each, name in RESTS_ON.items()]
    return f"Of those that agree: {joined(apart)}."


def agreement_table(
    figures: pd.DataFrame, indicators: pd.DataFrame, verdict: str = ""
) -> pd.DataFrame:
    """Return stated and computed figures side by side, as texts.

    Those that disagree come first, the largest difference at the top, then those that agree, then
    what cannot be computed; what is alike keeps the order of the plan.

    Args:
        figures: Of `dashboard.analysis.agreement.AgreementAnswer`.
        indicators: The query of that name.
        verdict: Only those with this verdict; "" for all.
    """
    chosen = figures[figures["verdict"].eq(verdict)] if verdict else figures
    titles = dict(zip(indicators["indicator_id"], indicators["title"], strict=True))
    return pd.DataFrame(
        [
            {
                "Figure": _figure_name(each.indicator, each.measure, each.period, titles),
                "Verdict": _verdict(each.verdict, each.evidence),
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


def _verdict(verdict: str, evidence: str) -> str:
    """Return a verdict; of one that agrees with what: "Agrees: arithmetic checked"."""
    return capital(f"{verdict}: {evidence}" if verdict == AGREES else verdict)


def _what_matters_first(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures by verdict, and those that disagree by their share of the larger one."""
    stated, computed = figures["number"].astype(float), figures["computed"].astype(float)
    larger = np.maximum(stated.abs(), computed.abs())
    difference = ((stated - computed).abs() / larger.where(larger.gt(0))).fillna(0.0)
    disagrees = figures["verdict"].isin([DIFFERS, CONTRADICTORY])
    agrees = figures["verdict"].eq(AGREES)
    order = figures.assign(
        place=figures["verdict"].map(FIRST_IN_TABLE.index),
        evidence_place=figures["evidence"].where(agrees, REAL).map(EVIDENCE.index),
        difference=difference.where(disagrees, 0.0),
    )
    by = ["place", "evidence_place", "difference"]
    return order.sort_values(by, ascending=[True, True, False], kind="stable")


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
    of = names_in_short([titles.get(each, each) for each in indicators.split("+") if each])
    what = ", ".join(filter(None, (text_or_nothing(measure), readable(text_or_nothing(period)))))
    return f"{of}: {what}" if of else capital(what)


def _reason_and_note(reason: Reasons | str, note: str) -> str:
    # The note is a sentence of the plan's data; the reason is put together from numbers.
    texts = (readable(reason_in_words(reason)), text_or_nothing(note))
    return ". ".join(filter(None, dict.fromkeys(capital(text) for text in texts)))
