"""Made-up goals for the plan's targets that state none.

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


def targets_text() -> str:
    """Return `targets.toml`."""
    return "\n".join([HEADER, *map(_filled_in_text, FILLED_IN)])


def _filled_in_text(each: FilledIn) -> str:
    return f"""\
[[target]]
target = "{each.target}"
goal = "{each.goal}"
goal_number = {each.goal_number:g}
baseline_period = "{each.baseline_period}"
"""
