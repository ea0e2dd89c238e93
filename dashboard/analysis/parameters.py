"""Parameters that questions share: a type, and what the reader is told of it."""

from __future__ import annotations

from typing import Annotated

ALL_CRIME = "all_crime"
"""The indicator that stands for all of recorded crime: what most answers begin with."""

Indicator = Annotated[str, "Indicator id."]
Target = Annotated[str, "Target id; the principal if left out."]
Basis = Annotated[str, "month, quarter, ytd or rolling_year."]
BasisOrBaseline = Annotated[str, "month, quarter, ytd, rolling_year or baseline."]
GroupId = Annotated[
    str, "Peer group; the newest if left out; own:population,robbery for one of ours."
]
Edition = Annotated[str, "Its edition; the newest if left out."]
RateBase = Annotated[str, "population or households; the indicator's if left out."]
Part = Annotated[str, "A part of it: dwelling_burglary."]
LevelOf = Annotated[str, "Financial year whose level the part returns to: 2008/09."]
