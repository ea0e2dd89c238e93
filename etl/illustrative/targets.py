"""Made-up goals: for the plan's targets that state none, and for those it counts but never names.

As at December 2009 two of the fourteen are not on target, serious violent crime and repeat
incidents of domestic violence (paragraph 11); every other one is well ahead of its path.
"""

from __future__ import annotations

from dataclasses import dataclass

HEADER = """\
# Illustrative: none of these goals is the partnership's. They stand in for the goals that the
# plan leaves open, so that paths and verdicts can be shown. They are seen through that plan alone,
# and each goes where real figures of the plan's own years take its indicator's place.
# Written by `python -m etl.illustrative`; change etl/illustrative/targets.py, not this file.
"""


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A goal for a target of the plan that has none."""

    target: str
    goal: str
    goal_number: float
    baseline_period: str


FILLED_IN = (
    FilledIn("assaults_hospital_ed_stretch", "relative_change", -14, "2006/07"),
    FilledIn("criminal_damage_stretch", "relative_change", -28, "2006/07"),
    FilledIn("ni_19_2010_11", "value", 104, "2008/09"),
    FilledIn("ni_20_2010_11", "relative_change", -8, "2008/09"),
    FilledIn("ni_32_2010_11", "value", 18, "2008/09"),
    FilledIn("ni_38_2010_11", "value", 96, "2008/09"),
    FilledIn("ni_110_2010_11", "value", 70, "2007/08"),
    FilledIn("ni_111_2010_11", "relative_change", -14, "2008/09"),
    FilledIn("ni_115_2010_11", "value", 10.4, "2007/08"),
)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A designated indicator that the plan counts but does not name, with its goal."""

    number: int
    goal_number: float
    lower_is_better: bool

    @property
    def indicator(self) -> str:
        """Return its id."""
        return f"unnamed_designated_{self.number}"

    @property
    def title(self) -> str:
        """Return its title."""
        return f"Designated indicator the plan does not name ({self.number} of {len(PLACEHOLDERS)})"


PLACEHOLDERS = (
    Placeholder(1, 66, lower_is_better=False),
    Placeholder(2, 28, lower_is_better=True),
    Placeholder(3, 78, lower_is_better=False),
    Placeholder(4, 15, lower_is_better=True),
)


def targets_text() -> str:
    """Return `targets.toml`."""
    return "\n".join(
        [HEADER, *map(_filled_in_text, FILLED_IN), *map(_placeholder_text, PLACEHOLDERS)]
    )


def _filled_in_text(each: FilledIn) -> str:
    return f"""\
[[target]]
target = "{each.target}"
goal = "{each.goal}"
goal_number = {each.goal_number:g}
baseline_period = "{each.baseline_period}"
"""


def _placeholder_text(each: Placeholder) -> str:
    return f"""\
[[placeholder]]
id = "{each.indicator}"
indicator = "{each.indicator}"
kind = "designated"
goal = "value"
goal_number = {each.goal_number:g}
baseline_period = "2008/09"
due = "2011-03-31"
path = "straight"
paragraph = "5"
note = "Illustrative. The plan counts 12 designated indicators and stars 8 of those it lists: this \
stands in for one of the other 4."
"""


def indicator_text(each: Placeholder) -> str:
    """Return the indicator file of a placeholder."""
    return f"""\
title = "{each.title}"
unit = "percent"
lower_is_better = {str(each.lower_is_better).lower()}
period_kind = "quarter"
aggregation = "last"
definition = "Illustrative: it measures nothing. The plan counts 12 designated indicators and \
stars 8 of those it lists; this stands in for one of the other 4."
source = "Illustrative: made up, no source"

[[numerator]]
measures = ["local:{each.indicator}"]
"""
