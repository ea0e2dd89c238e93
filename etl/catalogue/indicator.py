"""An indicator: what is measured, from which measures, and which way is better."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from etl.catalogue.entry import Entry
from etl.periods import PeriodKind

Unit = Literal["count", "rate", "percent"]
Aggregation = Literal["sum", "last"]


#: Between measures of which a publication prints only some, as when one replaced another.
ANY_OF = "|"


class Numerator(Entry):
    """Measures that add up to the indicator; one of several alternative sources.

    A measure may be `a | b`, where a publication prints the one or the other; or
    `ho_group:robbery`, every offence code of a group.
    """

    measures: list[str] = Field(min_length=1)


class Indicator(Entry):
    """One file of `data/indicators/`; its id is the name of the file.

    What residents perceive may name the `recorded` indicators that it is read beside, and say what
    those who are counted say (`residents_who`), as it follows "45% of residents". A survey may give
    its `design_effect` with who states it, for results that say only how many were asked; results
    that are loaded with a design effect of their own are divided by that already.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=1)
    national_indicator: str = ""
    unit: Unit
    denominator: Literal["", "ons:population", "ons:households"] = ""
    rate_per: int = Field(default=1000, gt=0)
    lower_is_better: bool
    period_kind: PeriodKind
    aggregation: Aggregation = "sum"
    small_count_threshold: int = Field(default=0, ge=0)
    sensitive: bool = False
    part_of: str = ""
    recorded: list[str] = []
    residents_who: str = ""
    design_effect: float | None = Field(default=None, gt=0)
    design_effect_source: str = ""
    definition: str = Field(min_length=1)
    source: str = Field(min_length=1)
    numerator: list[Numerator] = []

    @model_validator(mode="after")
    def _rate_needs_denominator(self) -> Indicator:
        if self.unit == "rate" and not self.denominator:
            raise ValueError("unit is rate, so denominator must name what it is a rate of")
        return self

    @model_validator(mode="after")
    def _design_effect_is_of_a_survey_and_has_a_source(self) -> Indicator:
        if (self.design_effect is None) != (self.design_effect_source == ""):
            raise ValueError("design_effect and design_effect_source go together")
        if self.design_effect is not None and self.unit != "percent":
            raise ValueError("design_effect is for percentages of surveys, and unit is not percent")
        return self
