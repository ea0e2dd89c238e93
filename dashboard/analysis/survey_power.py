"""A survey's target: is it within reach of its own error, and what sample would show it?"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Annotated

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.levels import baseline_window
from dashboard.analysis.question import Indicator, Target, question
from dashboard.analysis.survey_waves import (
    ASSUMED,
    DesignEffect,
    design_effect_of,
    latest_wave,
)
from dashboard.analysis.target_path import seen_with_target
from dashboard.analysis.target_trajectory import TrajectoryAnswer, is_wave, trajectory_in
from dashboard.metrics.intervals import wilson_interval
from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.rounding import as_number
from dashboard.metrics.survey_power import (
    POWER_80,
    SIGNIFICANCE_5,
    least_change_seen,
    power_of_change,
    sample_size_each,
    second_sample_needed,
)

AS_ASKED = "as asked for"
"""The source of a design effect that a reader sets."""
AN_ASSUMPTION = "an assumption, for results that give none"


@dataclass(frozen=True)
class SurveyPower:
    """What two waves of a survey can show of a target.

    Percentages are 0 to 100. None where it needs a number that is not given.

    Attributes:
        baseline: Percentage at the baseline wave.
        goal: Percentage that meets the target.
        first_base: People who answered the baseline wave.
        second_base: People who will answer the next; where nobody says, as many as the first.
        design_effect_source: Who gives it; "" where nobody does and 1 is taken.
        if_assumed: The same at a design effect of `ASSUMED`, where the indicator's file gives none.
        power: Chance that the two waves show the change, if it is there.
        needed_each: People to ask in each wave for `POWER_80`, were both still to come.
        needed_next: People to ask in the next wave for `POWER_80`, the first being held; infinite
            where no sample would do.
        least_seen: The nearest percentage to the baseline's that these waves would show.
        truth_for_goal: What must be true for the next wave alone to read the goal or better four
            times in five: if just the goal is true, it does so every other time.
        goal_interval: 95% limits of what the next wave may read, if just the goal is true.
    """

    JSON = """
        target_id indicator baseline goal people_asked=first_base? people_asked_next=second_base?
        people_asked_next_is_assumed=second_base_is_assumed design_effect design_effect_source?
        at_an_assumed_design_effect=if_assumed power is_within_reach needed_in_each_wave
        needed_in_next_wave least_seen must_be_true_for_goal=truth_for_goal
        next_wave_reads_from=goal_interval.0 next_wave_reads_to=goal_interval.1 in_words
    """

    target_id: str
    indicator: str
    title: str
    baseline: float
    goal: float
    first_base: float | None
    second_base: float | None
    second_base_is_assumed: bool
    design_effect: float
    power: float | None
    needed_each: float
    needed_next: float | None
    least_seen: float | None
    truth_for_goal: float | None
    goal_interval: tuple[float, float] | None
    design_effect_source: str = ""
    if_assumed: SurveyPower | None = None

    @property
    def is_within_reach(self) -> bool | None:
        """Whether the two waves would show the change at least four times in five."""
        return None if self.power is None else self.power >= POWER_80

    @property
    def needed_in_each_wave(self) -> int | None:
        """People in each wave with whom the target would be seen; None where none would do."""
        return _whole(self.needed_each)

    @property
    def needed_in_next_wave(self) -> int | None:
        """People in the next wave with whom it would be seen; None where none would do."""
        return _whole(self.needed_next)


@question
def survey_power(
    view: AreaView,
    indicator: Indicator,
    target: Target = "",
    next_base: Annotated[
        float | None, "People in the next wave; as many as the first if left out."
    ] = None,
    design_effect: Annotated[
        float | None,
        "Variance of the survey over a simple random sample's; what the indicator gives, else 1, "
        "with an assumed 1.5 beside it, if left out.",
    ] = None,
) -> SurveyPower:
    """Whether a survey's target is within reach of its own error, and what sample would show it.

    Raises:
        NoFiguresError: There is no survey target with baseline and goal on the indicator.
    """
    chosen = seen_with_target(view, indicator, target)
    found = survey_power_in(view, trajectory_in(*chosen), next_base, design_effect)
    if found is None:
        raise NoFiguresError(f"no survey target with baseline and goal on {indicator}")
    return found


def survey_power_in(
    view: AreaView,
    answer: TrajectoryAnswer,
    next_base: float | None = None,
    design_effect: float | None = None,
) -> SurveyPower | None:
    """Return what a survey can show of a target's path; None unless it is a survey's percentage."""
    start = baseline_window(answer.baseline_period)
    if not is_wave(answer.baseline_period) or start is None:
        return None
    wave = latest_wave(view, answer.indicator, start.last_month)
    people = wave.people if wave else None
    effect = wave.design_effect if wave else design_effect_of(view.indicator(answer.indicator))
    if design_effect is not None:
        effect = DesignEffect(design_effect, AS_ASKED)
    found = _power_at(answer, people, effect, next_base)
    if found is None or effect.is_given:
        return found
    assumed = DesignEffect(ASSUMED, AN_ASSUMPTION)
    return replace(found, if_assumed=_power_at(answer, people, assumed, next_base))


def _power_at(
    answer: TrajectoryAnswer, first: float | None, effect: DesignEffect, next_base: float | None
) -> SurveyPower | None:
    """Return it where so many answered the first wave, at a design effect."""
    design_effect = effect.value
    if answer.unit != "percent" or answer.baseline is None or answer.target is None:
        return None
    p1, p2 = answer.baseline / PER_CENT, answer.target / PER_CENT
    if not (0 <= p1 <= 1 and 0 <= p2 <= 1) or p1 == p2:
        return None
    second = first if next_base is None else next_base
    bases = (first, second) if first is not None and second is not None else (math.nan, math.nan)
    interval = _next_wave(p2, second, design_effect, SIGNIFICANCE_5)
    # Four times in five on one side is the end of an interval that leaves a fifth out on each.
    beyond = _next_wave(p2, second, design_effect, 2 * (1 - POWER_80))
    power = power_of_change(p1, p2, *bases, design_effect=design_effect)
    needed = second_sample_needed(p1, p2, bases[0], design_effect=design_effect)
    least = least_change_seen(p1, *bases, rises=p2 > p1, design_effect=design_effect)
    return SurveyPower(
        target_id=answer.target_id,
        indicator=answer.indicator,
        title=answer.title,
        baseline=answer.baseline,
        goal=answer.target,
        first_base=first,
        second_base=second,
        second_base_is_assumed=next_base is None and first is not None,
        design_effect=design_effect,
        power=as_number(float(power)),
        needed_each=float(sample_size_each(p1, p2, design_effect=design_effect)),
        needed_next=as_number(float(needed)),
        least_seen=as_number(PER_CENT * float(least)),
        truth_for_goal=None if beyond is None else beyond[0 if answer.lower_is_better else 1],
        goal_interval=interval,
        design_effect_source=effect.source,
    )


def _next_wave(
    share: float, base: float | None, design_effect: float, alpha: float
) -> tuple[float, float] | None:
    if base is None or math.isnan(base):
        return None
    low, high = wilson_interval(share * base, base, 1 - alpha, design_effect)
    return PER_CENT * float(low), PER_CENT * float(high)


def _whole(people: float | None) -> int | None:
    return None if people is None or math.isinf(people) else math.ceil(people)
