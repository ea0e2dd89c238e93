"""Every figure that a plan states, beside the one computed for it, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError, view_of
from dashboard.analysis.question import question
from dashboard.analysis.rows import rows_of
from dashboard.analysis.stated_figures import METHODS, OWN_NUMBERS, Result, Stated
from dashboard.analysis.status import target_status
from dashboard.metrics.agreement import (
    AGREES,
    ARITHMETIC,
    CONTRADICTORY,
    DIFFERS,
    MADE_TO_AGREE,
    NOT_COMPUTABLE,
    NOT_GIVEN,
    REAL,
    compare_stated,
)
from dashboard.metrics.reasons import Because, because

COLUMNS = [
    "figure_id", "paragraph", "indicator", "measure", "period", "stated", "number", "unit",
    "computed", "computed_rounded", "verdict", "evidence", "reason", "mark", "contradicts", "note",
    "illustrative",
]  # fmt: skip


@dataclass(frozen=True)
class AgreementAnswer:
    """The figures that a plan states, and how many of them agree with what.

    Attributes:
        plan: The plan, or "".
        figures: `COLUMNS`, one row for each figure, in the order of the plan's document. evidence
            is one of `dashboard.metrics.agreement.EVIDENCE`, or "" where nothing is computed.
    """

    JSON = """
        plan stated arithmetic_checked worked_example_made_to_agree real_figures
        differ contradictory not_computable not_given figures
    """

    plan: str
    figures: pd.DataFrame

    @property
    def stated(self) -> int:
        """How many figures the plan states."""
        return len(self.figures)

    @property
    def arithmetic_checked(self) -> int:
        """How many agree with other numbers of the plan itself."""
        return self.agreeing(ARITHMETIC)

    @property
    def worked_example_made_to_agree(self) -> int:
        """How many agree with figures that were made so that they do."""
        return self.agreeing(MADE_TO_AGREE)

    @property
    def real_figures(self) -> int:
        """How many agree with figures that somebody counted."""
        return self.agreeing(REAL)

    @property
    def differ(self) -> int:
        """How many differ from what was computed."""
        return self.having(DIFFERS)

    @property
    def contradictory(self) -> int:
        """How many contradict another figure of the plan."""
        return self.having(CONTRADICTORY)

    @property
    def not_computable(self) -> int:
        """How many cannot be computed."""
        return self.having(NOT_COMPUTABLE)

    @property
    def not_given(self) -> int:
        """How many the plan leaves open."""
        return self.having(NOT_GIVEN)

    def having(self, verdict: str) -> int:
        """Return how many figures have a verdict."""
        return int(self.figures["verdict"].eq(verdict).sum())

    def agreeing(self, evidence: str) -> int:
        """Return how many figures agree with one kind of evidence."""
        rows = self.figures
        return int((rows["verdict"].eq(AGREES) & rows["evidence"].eq(evidence)).sum())


@question
def agreement(view: AreaView) -> AgreementAnswer:
    """Every figure that the plan states, beside the one that its numbers or the data give."""
    published = view.warehouse.frame("published_figures", plan=view.plan_id)
    rows = [_row(view, stated) for stated in rows_of(published, Stated)]
    return AgreementAnswer(view.plan_id, pd.DataFrame(rows, columns=COLUMNS))


def _row(view: AreaView, stated: Stated) -> list[object]:
    computed, why_not = _compute(view, stated)
    found = compare_stated(
        stated.number,
        computed,
        mark=stated.mark,
        decimals=int(stated.decimals or 0),
        agree_low=stated.agree_low,
        agree_high=stated.agree_high,
        why_not_computable=why_not,
    )
    evidence = "" if computed is None else _evidence(_seen(view, stated), stated)
    return [
        stated.figure_id, stated.paragraph, stated.indicator_id, stated.measure, stated.period,
        stated.stated, found.stated, stated.unit, found.computed, found.computed_rounded,
        found.verdict, evidence, found.reason, stated.mark, stated.contradicts, stated.note,
        evidence == MADE_TO_AGREE,
    ]  # fmt: skip


def _compute(view: AreaView, stated: Stated) -> Result:
    if not stated.method:
        return None, stated.note or because(Because.NO_METHOD)
    try:
        return METHODS[stated.method](_seen(view, stated), stated)
    except (NoFiguresError, UnknownChoiceError) as error:
        return None, str(error)


def _seen(view: AreaView, stated: Stated) -> AreaView:
    """Return the area that a figure is of under the plan, as at the month that it is of."""
    return view_of(view.warehouse, view.plan_id, stated.area_code, stated.as_at)


def _evidence(view: AreaView, stated: Stated) -> str:
    """Return what a computed figure rests on; one that is made up makes all of it so."""
    if stated.method in OWN_NUMBERS:
        return ARITHMETIC
    if stated.method == "not_on_target":
        statuses = target_status(view, stated.as_at)
        made_up = statuses[["illustrative", "goal_is_illustrative"]].astype(bool).any(axis=None)
    else:
        made_up = any(
            bool(view.series(each)["illustrative"].any()) for each in stated.indicator_ids
        )
    return MADE_TO_AGREE if made_up else REAL
