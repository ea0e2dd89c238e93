"""What is asked first of an indicator: the finding in a few words, and five numbers."""

from __future__ import annotations

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.contribution import ContributionAnswer
from dashboard.analysis.rows import Indicator, Verdict, rows_of
from dashboard.analysis.status import given_status
from dashboard.charts.wording import moved_text, number_text
from dashboard.metrics.change import Change
from dashboard.metrics.status_table import CANNOT_SAY
from dashboard.store.cache import cached_per_build
from dashboard.ui.big_number import BigNumber
from dashboard.ui.first_numbers import latest_number, level_of, place_number
from dashboard.ui.indicator_charts import Parts, parts_of, usual_changes
from dashboard.words.change import beyond_chance, first_comparable
from dashboard.words.levels import day_month_text, level_text, lowered, per_text
from dashboard.words.one_indicator import latest
from dashboard.words.verdict import chance_in_figures


@cached_per_build
def title(view: AreaView, indicator: str) -> str:
    """Return what happened, in a few words: "All crime fell 12%: beyond chance"."""
    about = view.indicator(indicator)
    changes = usual_changes(view, indicator)
    found = first_comparable(changes)
    if found is None:
        known = latest(changes)
        if known.current is None:
            return f"{about.title}: no figure for {view.area_name}"
        return f"{about.title}: {level_of(known.current, known)}, not compared"
    clause = beyond_chance(found.change)
    return f"{about.title} {_moved(found.change)}{f': {clause}' if clause else ''}"


@cached_per_build
def big_numbers(view: AreaView, indicator: str) -> list[BigNumber]:
    """Return the latest figures, the chance of the target, the place, and what moved it most."""
    about, target = view.indicator(indicator), _first_target(view, indicator)
    found = [latest_number(view, each) for each in usual_changes(view, indicator)]
    found += [_target(about, target), place_number(view, indicator), _driver(view, indicator)]
    return [each for each in found if each is not None]


def _first_target(view: AreaView, indicator: str) -> Verdict | None:
    if not view.plan_id:
        return None
    targets = given_status(view, view.as_at_text, indicator=indicator)
    return next(iter(rows_of(targets, Verdict)), None)


def _moved(change: Change) -> str:
    if change.in_points:
        number = number_text(abs(change.number or 0), places=1)
        return f"is {number} points {'lower' if (change.number or 0) < 0 else 'higher'}"
    if change.percent is None:
        return f"went from {number_text(change.previous)} to {number_text(change.current)}"
    return moved_text(change.percent)


def _target(about: Indicator, target: Verdict | None) -> BigNumber | None:
    if target is None:
        return None
    due = f"by {day_month_text(target.due)}" if target.due else ""
    if target.probability is not None and target.goal != "rank":
        return BigNumber("Chance", chance_in_figures(target.probability), due, target.status)
    if target.status == CANNOT_SAY or target.actual is None or target.goal == "rank":
        return None
    per = f" {per_text(about)}" if about.unit == "rate" else ""
    return BigNumber("Target", f"{level_text(target.actual, target.unit)}{per}", due, target.status)


def _driver(view: AreaView, indicator: str) -> BigNumber | None:
    """Return the part that went furthest the way of the whole."""
    if not view.indicator(indicator).is_count:
        return None
    for answer in usual_changes(view, indicator):
        drawn = parts_of(view, indicator, answer.basis)
        if isinstance(drawn, Parts) and drawn.is_by_type:
            return _largest(drawn.answer)
    return None


def _largest(answer: ContributionAnswer) -> BigNumber | None:
    known = answer.parts[answer.parts["change"].notna() & ~answer.parts["is_remainder"]]
    if known.empty or not answer.change.number:
        return None
    way = known["change"].idxmin() if answer.change.number < 0 else known["change"].idxmax()
    part = known.loc[way]
    size = number_text(part["change"], "change")
    return BigNumber("Main driver", size, lowered(str(part["part"])))
