"""Named reasons: what a metric gives in place of a number; they hold no English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Reason:
    """A reason as data, of which `dashboard.words.reasons` makes English; a subclass for each kind.

    A reason is false where there is nothing to say.
    """

    __slots__ = ()


class Because(StrEnum):
    """The names of reasons; their words are in `dashboard.words.reasons.TEXTS`.

    Where a reason is about some values, they stand under its name, in their order.
    """

    MISSING = "missing"
    """Months of a window have no figure: the months, as a tuple of ordinals."""
    HIDDEN = "hidden"
    """Figures of months are withheld: what is shown instead, the months."""
    OVERLAP = "overlap"
    """Every month lies in some row, but no kind of row fits the window end to end: the window."""
    NONE_INSIDE = "none inside"
    """No row ends inside the window, so that no last value can be taken: the window."""
    NO_RESIDENTS = "no residents"
    NO_FIGURES = "no figures"
    TOO_FEW_YEARS = "too few years"
    NO_EVENTS = "no events"
    """Nothing was counted in a window: the window."""
    NO_FIGURE_OF_AREA = "no figure of the area"
    PLACE_WITHHELD = "place withheld"
    MEMBERS_MISSING = "members missing"
    """Too few members of a group have a figure for places: how many have one, how many there are,
    the period, names of those without."""
    NO_FIGURE_OF = "no figure of"
    """One of two periods has no figure: "the later", "the earlier" or "either"."""
    STOCK = "stock"
    SAME_PERIODS = "same periods"
    SHARED_MONTHS = "shared months"
    NO_COUNT = "no count"
    NO_FIGURE = "no figure"
    NO_SAMPLE = "no sample"
    SMALL_BASE = "small base"
    """The earlier count is too small for a percent: the threshold."""
    NOT_ABOVE_ZERO = "not above zero"
    IN_POINTS = "in points"
    SAME_WAVE = "same wave"
    """One survey is the latest for both periods: what it is called."""
    UNLIKE_PERIODS = "unlike periods"
    """The latest figures are for unlike months: the later period, the earlier period."""
    BASELINE_NOT_OVER = "baseline not over"
    """The baseline ends after the month: the baseline's window, the month."""
    BASELINE_NOT_GIVEN = "baseline not given"
    GOAL_NOT_GIVEN = "goal not given"
    DUE_PASSED = "due date passed"
    REACHED = "reached"
    """More than the goal is counted already, and higher is better: by how many."""
    OUT_OF_REACH = "out of reach"
    """More than the goal is counted already, and lower is better: by how many."""
    UNRELIABLE = "unreliable"
    """A note calls the figures unreliable: the note's period, "" for all time."""
    BREAK = "break"
    """There is a break in the series: the note's period, "" for all time."""

    FEW_FIGURES = "few figures"
    """Too few figures for a control chart: how many, how many it needs."""
    FEW_EVENTS = "few events"
    """Too few periods with an event for a chart of the time between them: how many, of which
    period, how many it needs."""
    SMALL_HIDDEN = "small hidden"
    """Small counts are not shown, and limits without them would mislead: how many."""
    OF_SAMPLES = "of samples"
    OF_UNKNOWN = "of unknown"
    RARE = "rare"
    """Rare events: of which period the ones without any are counted."""
    RATE_CHANGES = "rate changes"
    WITHOUT_SEASON = "without season"
    SMALL_COUNTS = "small counts"
    LUMPY_COUNTS = "lumpy counts"
    LARGE_COUNTS = "large counts"
    TWO_LEVELS = "two levels"
    """A break is suggested: by how much its BIC is better, the p-value, in how many shuffles."""
    NO_LATEST_CHANGE = "no latest change"
    NO_EARLIER_FALL = "no earlier fall"
    FEW_WHOLE_YEARS = "few whole years"
    SAME_THROUGHOUT = "same throughout"
    NOTHING_LEFT = "nothing left"
    NOT_WITHIN_YEAR = "not within year"
    LEFT_OPEN = "left open"
    NOT_IN_DATA = "not in data"
    CONTRADICTION = "contradiction"
    """A document contradicts itself: the stated and the computed figure, None where missing."""
    WITHIN_RANGE = "within range"
    """A figure lies within a stated range: the figure, its lowest and highest, or None."""
    OUTSIDE_RANGE = "outside range"
    """A figure lies outside a stated range: as the former."""
    AS_ROUNDED = "as rounded"
    """A figure is set against a stated one: the figure, the stated one, its mark."""
    NO_METHOD = "no method"
    NO_EARLIER_YEAR = "no earlier year"
    YEAR_MISSING = "year missing"
    NOT_IN_PLAN = "not in plan"
    VERDICTS_MISSING = "verdicts missing"
    """No verdict can be given on some targets: on how many, of how many."""
    NO_VERDICT = "no verdict"
    NOT_COMPARED = "not compared"

    SURVEY = "survey"
    NOT_COUNTED = "not counted"
    CALLED_UNRELIABLE = "called unreliable"
    NOT_BY_MONTH = "not by month"
    FEW_MONTHS = "few months"
    """Too few to project from: how many, how many it takes, the month missing before them, or True
    where the series broke."""
    FEW_ORDINARY_MONTHS = "few ordinary months"
    """Too few to project from, exceptional ones left out: how many, how many it takes."""
    FEW_EVENTS_A_YEAR = "few events a year"
    """Too few to project from: how many it takes."""
    FEW_MEMBERS = "few members"
    """Members are not projected: how many, of how many, the months and the events that it takes."""
    PLAN_OVER = "plan over"
    GOAL_NOT_KNOWN = "goal not known"
    DUE_NOT_GIVEN = "due date not given"
    IS_DUE = "is due"
    DUE_FAR_AHEAD = "due far ahead"
    """A target is due further ahead than is projected: so many months."""
    PLACE_OF_OTHERS = "place of others"
    BREAK_ON_THE_WAY = "break on the way"
    NO_WAVE_SINCE = "no wave since"
    OF_BEFORE_DUE = "of before due"
    """The latest figure is of a period before the target was due: the period."""

    FEW_SINCE_BREAK = "few since break"
    """Too few figures for new limits: how many, how many it takes."""
    PROVISIONAL = "provisional"
    """Limits rest on few figures: on how many, from how many they are firm."""
    ALIKE = "alike"
    BREAK_UNDATED = "break undated"
    BREAKS_OF_GAPS = "breaks of gaps"
    LONG_GAP = "long gap"
    """The time since the last event is beyond the limit: how many periods, of which kind."""


@dataclass(frozen=True)
class Why:
    """One reason.

    Attributes:
        name: Which it is.
        values: What it is about, as `Because` says.
        held: Months, as ordinals, that have no figure because one is held as a suspected gap.
    """

    name: Because
    values: tuple[object, ...] = ()
    held: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reasons(Reason):
    """One reason or several, in order; none, and false, where nothing stands in the way."""

    parts: tuple[Why, ...] = ()

    def __bool__(self) -> bool:
        """True where there is a reason."""
        return bool(self.parts)

    @property
    def names(self) -> tuple[Because, ...]:
        """The names of the reasons, in order."""
        return tuple(part.name for part in self.parts)


NO_REASON = Reasons()


def because(name: Because, *values: object) -> Reasons:
    """A single reason, with the values that `Because` says."""
    return Reasons((Why(name, values),))


def together(reasons: Iterable[Reasons]) -> Reasons:
    """All of some reasons, in order, each once."""
    return Reasons(tuple(dict.fromkeys(part for each in reasons for part in each.parts)))


@dataclass(frozen=True)
class BrokenRules(Reason):
    """Why a point of a control chart is marked.

    Attributes:
        rules: The rules that it breaks, each with its direction, -1 or 1; none for common cause.
    """

    rules: tuple[tuple[str, int], ...] = ()

    def __bool__(self) -> bool:
        """True where the point breaks a rule."""
        return bool(self.rules)


@dataclass(frozen=True)
class Cost(Reason):
    """What a target that is missed or at risk costs.

    Attributes:
        kind: 0 stretch, 1 designated, 2 others; see `verdict_cost.kind_places`.
        reward: In pounds; 0 for none.
        verdict: One of `status.WORDS`.
        is_first: Whether it is the target that its indicator's line is of.
    """

    kind: int
    reward: float
    verdict: str
    is_first: bool = True


@dataclass(frozen=True)
class Worse(Reason):
    """A change for the worse.

    Attributes:
        percent: Its size; NaN where that is withheld.
        number: The same in number, or in points.
        unit: count, rate or percent.
        survey: The year of the survey that it is held against; None for the year before.
        by_chance: Whether chance could explain it.
    """

    percent: float
    number: float
    unit: str
    survey: int | None
    by_chance: bool


@dataclass(frozen=True)
class Changed(Reason):
    """A change on a year before, either way.

    Attributes:
        worse_by: In number; negative for the better.
        percent: NaN where it is withheld.
        by_chance: Whether chance could explain it.
    """

    worse_by: float
    percent: float
    by_chance: bool
