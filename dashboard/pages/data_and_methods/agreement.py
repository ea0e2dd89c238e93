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

CANNOT_BE_HELD = {
    CONTRADICTORY: "contradict another figure of the plan",
    NOT_COMPUTABLE: "cannot be computed",
    LEFT_OPEN: "are left open by the plan",
}
"""What each verdict without agreement or difference says of figures."""
VERDICTS = (AGREES, DIFFERS, *CANNOT_BE_HELD)
"""In the order in which a reader asks."""
FIRST_IN_TABLE = (DIFFERS, CONTRADICTORY, AGREES, NOT_COMPUTABLE, LEFT_OPEN)
"""What a reader must act on comes before what is as it should be, and that before what nobody can
compute."""


def agreement_counts(answer: AgreementAnswer) -> dict[str, int]:
    """Return how many figures have each verdict, all verdicts named."""
    return {verdict: answer.having(verdict) for verdict in VERDICTS}


def agreement_title(answer: AgreementAnswer) -> str:
    """Return how the plan's own figures stand, each kind of evidence counted apart.

    Such as "172 figures of the plan. Arithmetic checked: 23; worked example made to agree: 54; real
    figures: 0; none differs".
    """
    if not answer.stated:
        return "No plan is loaded for this area, so there are no stated figures to compare"
    agree = "; ".join(
        f"{evidence}: {answer.agreeing(evidence)}" for evidence in (ARITHMETIC, MADE_TO_AGREE, REAL)
    )
    differ = answer.differ
    differs = "none differs" if not differ else f"{differ} {'differs' if differ == 1 else 'differ'}"
    return f"{answer.stated} figures of the plan. {capital(agree)}; {differs}"


def agreement_sentence(answer: AgreementAnswer) -> str:
    """Return what is the matter with the rest: "24 contradict another figure of the plan, …"."""
    rest = [f"{answer.having(verdict)} {words}" for verdict, words in CANNOT_BE_HELD.items()]
    return f"Of the others, {joined(rest)}."


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
