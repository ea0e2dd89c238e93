"""What is asked first of one target: where it is heading for, how likely that is, what it needs."""

from __future__ import annotations

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.groups import MOST_SIMILAR_GROUP
from dashboard.analysis.projection import projection
from dashboard.analysis.ranking import ranking
from dashboard.analysis.rows import Verdict
from dashboard.analysis.scenario import Scenario
from dashboard.charts.wording import number_text
from dashboard.metrics.goals import Needed
from dashboard.metrics.polarity import shortfall
from dashboard.metrics.rounding import in_words_number
from dashboard.metrics.status_table import CANNOT_SAY
from dashboard.ui.big_number import BigNumber
from dashboard.ui.indicator_charts import judged
from dashboard.words.levels import day_month_text, in_period, level_text
from dashboard.words.target_words import RANK
from dashboard.words.verdict import chance_in_figures


def of_target(view: AreaView, target: Verdict, found: Scenario | None) -> list[BigNumber]:
    """Return the numbers beside a target's chart.

    Args:
        view: The area under its plan.
        target: The target.
        found: Its projection, as things go or otherwise; None where nothing is projected.
    """
    if target.goal == RANK:
        return _of_place(view, target)
    first = _of_level(target) if found is None else _projected(found, target)
    return [each for each in (*first, _needed(target), _reward(view, target, found)) if each]


def _projected(found: Scenario, target: Verdict) -> list[BigNumber]:
    total, unit = found.total, found.otherwise.unit
    is_changed = bool(found.part) or found.percent != found.implied
    before = level_text(found.total_as_things_go.median, unit)
    expected = BigNumber(
        "Then" if is_changed else "Expected",
        level_text(total.median, unit),
        f"{before} as things go" if is_changed else in_period(total.period),
    )
    chance, as_it_is = found.otherwise.chance_met, found.as_things_go.chance_met
    if chance is None or as_it_is is None:
        return [expected]
    due = f"by {day_month_text(target.due)}" if target.due else ""
    note = f"{chance_in_figures(as_it_is)} as things go" if is_changed else due
    return [expected, BigNumber("Chance of goal", chance_in_figures(chance), note)]


def _of_level(target: Verdict) -> list[BigNumber]:
    """Return what is left to go, and how far from its path a target stands that is not projected.

    The path is left out where no verdict can be given: the figure is none to hold against it.
    """
    if target.actual is None or target.target is None or target.closed:
        return []
    left = float(shortfall(target.actual, target.target, target.lower_is_better))
    due = f"by {day_month_text(target.due)}" if target.due else "no date given"
    found = [BigNumber("Still to go" if left > 0 else "Past the goal", _size(left, target), due)]
    if target.path_now is not None and target.status != CANNOT_SAY:
        behind = float(shortfall(target.actual, target.path_now, target.lower_is_better))
        label = "Behind its path" if behind > 0 else "Ahead of path"
        found.append(BigNumber(label, _size(behind, target), target.actual_period))
    return found


def _size(difference: float, target: Verdict) -> str:
    """Return how large a difference is, a percentage's in points."""
    if target.unit == "percent":
        return f"{in_words_number(abs(difference), 1)} points"
    return level_text(abs(difference), target.unit)


def _needed(target: Verdict) -> BigNumber | None:
    needed = target.needed
    if not isinstance(needed, Needed) or needed.per_month is None:
        return None
    last = needed.mean_last_year
    note = "" if last is None else f"{in_words_number(last)} a month last year"
    return BigNumber("Needed a month", in_words_number(needed.per_month), note)


def _reward(view: AreaView, target: Verdict, found: Scenario | None) -> BigNumber | None:
    """Return the reward times its chance; None where there is no reward, or its goal is no goal."""
    if found is None:
        return None
    answer = projection(view, target.indicator_id, target.target_id)
    if answer.expected_reward_gbp is None or answer.reward_gbp is None:
        return None
    expected = f"£{number_text(round(answer.expected_reward_gbp, -3))}"
    return BigNumber("Expected reward", expected, f"of £{number_text(answer.reward_gbp)}")


def _of_place(view: AreaView, target: Verdict) -> list[BigNumber]:
    if target.actual is None or target.closed:
        return []
    answer = ranking(judged(view, target), target.indicator_id, group=MOST_SIMILAR_GROUP)
    found, gap = [], answer.gap
    if gap.events is not None and gap.rank == target.place_asked:
        word = "Fewer" if answer.lower_is_better else "More"
        found.append(BigNumber(f"{word} to third", number_text(gap.events), answer.period))
    for label, chance in (
        (f"Truly top {target.place_asked} now", target.probability),
        ("When due", target.probability_at_due),
    ):
        if chance is not None:
            found.append(BigNumber(label, chance_in_figures(chance), "chance"))
    return found
