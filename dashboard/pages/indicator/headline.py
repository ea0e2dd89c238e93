"""What is asked first of an indicator: the finding in a few words, and five numbers."""

from __future__ import annotations

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.change import ChangeAnswer
from dashboard.analysis.contribution import ContributionAnswer
from dashboard.analysis.ranking import RankingAnswer, ranking
from dashboard.analysis.rows import Indicator, Verdict, rows_of
from dashboard.analysis.status import given_status
from dashboard.charts.wording import moved_text, number_text
from dashboard.metrics.change import Change
from dashboard.metrics.periods import month_label, parse_month
from dashboard.metrics.ranking import ordinal
from dashboard.metrics.status_table import CANNOT_SAY
from dashboard.store.cache import cached_per_build
from dashboard.ui.big_number import BigNumber
from dashboard.ui.indicator_charts import Parts, parts_of, usual_changes
from dashboard.words.headline import first_comparable
from dashboard.words.levels import day_month_text, level_text, lowered, per_text, short_period
from dashboard.words.one_indicator import latest
from dashboard.words.ranking import rank_before
from dashboard.words.verdict import chance_in_figures

USUAL = {"ytd": "Year to date", "rolling_year": "12 months"}


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
        return f"{about.title}: {_level(known.current, known)}, not compared"
    clause = _chance(found.change)
    return f"{about.title} {_moved(found.change)}{f': {clause}' if clause else ''}"


@cached_per_build
def big_numbers(view: AreaView, indicator: str) -> list[BigNumber]:
    """Return the latest figures, the chance of the target, the place, and what moved it most."""
    about, target = view.indicator(indicator), _first_target(view, indicator)
    found = [_latest(view, each) for each in usual_changes(view, indicator)]
    found += [_target(about, target), _place(view, indicator), _driver(view, indicator)]
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


def _chance(change: Change) -> str:
    tested = change.significance
    if tested is None or tested.is_beyond_chance is None:
        return ""
    return "beyond chance" if tested.is_beyond_chance else "no more than chance"


def _latest(view: AreaView, answer: ChangeAnswer) -> BigNumber | None:
    change = answer.change
    if change.current is None:
        return None
    note = f"{_against(change)} in a year" if change.number is not None else "not compared"
    # What ends in the month that stands at the top of the page needs no date of its own.
    ends_now = change.current_label.endswith(month_label(parse_month(view.as_at_text)))
    usual = USUAL.get(answer.basis, "") if ends_now else ""
    label = usual or short_period(change.current_label)
    return BigNumber(label, _level(change.current, change), note)


def _level(value: float, change: Change) -> str:
    return level_text(value, "percent" if change.in_points else "count")


def _against(change: Change) -> str:
    if change.in_points:
        return f"{number_text(change.number, 'change', places=1)} points"
    if change.percent is None:
        return number_text(change.number, "change")
    return number_text(change.percent, "percent_change")


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


def _place(view: AreaView, indicator: str) -> BigNumber | None:
    answer = _ranking(view, indicator)
    if answer is None or answer.place.is_withheld or answer.place.rank is None:
        return None
    before = rank_before(answer)
    note = f"of {answer.place.of}{'' if before is None else f', was {ordinal(before)}'}"
    return BigNumber("Place", ordinal(answer.place.rank), note)


def _ranking(view: AreaView, indicator: str) -> RankingAnswer | None:
    try:
        return ranking(view, indicator)
    except NoFiguresError:
        return None


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
