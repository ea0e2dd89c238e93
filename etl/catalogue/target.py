"""A target: what a plan promises of one indicator, with what it leaves open kept open."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from etl.catalogue.entry import Entry
from etl.periods import MONTH_NAMES

NOT_GIVEN = "not given"

Goal = Literal["relative_change", "value", "rank", "minimum_count", "not_given"]
TargetKind = Literal["stretch", "designated", "plan", "aim"]
Path = Literal["straight", "seasonal", "steps"]

#: What a goal is measured from: "2008/09", "year ending December 2024" or "wave 2009".
BASELINE_PATTERN = (
    rf"^(\d{{4}}/\d{{2}}|wave \d{{4}}|year ending ({'|'.join(MONTH_NAMES)}) \d{{4}}|not given)$"
)


class Target(Entry):
    """One `[[target]]` of a plan's `targets.toml`."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    indicator: str
    kind: TargetKind
    goal: Goal
    goal_number: float | None = None
    goal_stated: str = ""
    baseline_period: str = Field(default=NOT_GIVEN, pattern=BASELINE_PATTERN)
    baseline_value: float | Literal["not given"] = NOT_GIVEN
    due: date | Literal["not given"] = NOT_GIVEN
    due_stated: str = ""
    path: Path = "straight"
    steps: dict[str, float] = {}
    tolerance: float | None = Field(default=None, ge=0)
    reward_gbp: float | None = Field(default=None, gt=0)
    reward_stated: list[str] = []
    reward_shared_with: str = ""
    """Id of the target whose reward is this one too, so that it is paid, and added up, once."""
    owner: str = ""
    lead_agency: str = ""
    priority: str = ""
    paragraph: str
    note: str = ""

    @model_validator(mode="after")
    def _number_goes_with_goal(self) -> Target:
        if self.goal == "not_given" and self.goal_number is not None:
            raise ValueError("goal is not_given, so goal_number must be left out")
        if self.goal != "not_given" and self.goal_number is None:
            raise ValueError(f"goal is {self.goal}, so goal_number must be given")
        if self.reward_gbp is not None and self.kind != "stretch":
            raise ValueError("only a stretch target carries a reward")
        if (self.path == "steps") != bool(self.steps):
            raise ValueError("steps (a level for each financial year) go with path = steps")
        return self


class GoalFilledIn(Entry):
    """A made-up goal of the illustrative set, for a target whose plan gives none."""

    target: str
    goal: Goal
    goal_number: float
    baseline_period: str = Field(default=NOT_GIVEN, pattern=BASELINE_PATTERN)
    due: date | None = None
    path: Path | None = None
