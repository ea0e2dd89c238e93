"""How uneven the counts of a kind of crime usually are: constants of the product, not of a series.

A year's count differs from the next by more than a Poisson count does, and the more so the more
it counts: what makes one year unlike another (a repeat offender, an operation, a mild winter)
moves many crimes at once. Over months, quarters and years alike the factor, variance over mean, is

    usual(n) = 1 + a (n / 1,000)^b,

n the events of the period, a of the kind of crime, b of all. `python -m
benchmarks.dispersion_prior` fits them again: on boroughs of London to March 2015 and police forces
to March 2012, where the year before and the year after say that the level stayed. What it is
checked on is later: `python -m benchmarks change_calibration`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

GROWTH = 0.57
"""b: how the excess over Poisson grows with the events of a period."""
SIZE = 1000.0
"""Events of the period at which ``EXCESS`` is given."""
EXCESS_OF_OTHERS = 4.9
"""a of a kind that no history was there for: the geometric mean of those below."""
EXCESS = {
    "all_crime": 3.5,
    "all_other_theft_offences": 4.5,
    "arson": 5.9,
    "bicycle_theft": 4.9,
    "burglary": 7.2,
    "criminal_damage": 2.4,
    "criminal_damage_and_arson": 2.5,
    "death_or_serious_injury_caused_by_illegal_driving": 9.5,
    "drug_offences": 9.5,
    "dwelling_burglary": 7.7,
    "homicide": 5.0,
    "miscellaneous_crimes_against_society": 5.6,
    "non_residential_burglary": 4.9,
    "other_burglary": 4.9,
    "possession_of_weapons_offences": 2.0,
    "public_order_offences": 6.8,
    "residential_burglary": 7.7,
    "robbery": 6.3,
    "sexual_offences": 2.9,
    "shoplifting": 3.0,
    "stalking_and_harassment": 8.2,
    "theft_from_motor_vehicle": 7.2,
    "theft_from_the_person": 6.3,
    "theft_of_motor_vehicle": 10.7,
    "theft_offences": 5.2,
    "vehicle_offences": 5.9,
    "violence_against_the_person": 3.0,
    "violence_and_sexual_offences": 2.2,
    "violence_with_injury": 3.6,
    "violence_without_injury": 4.1,
}
"""a by the indicator that counts the kind: the factor less 1, at ``SIZE`` events. Residential and
non-residential burglary are counted since 2017 only: theirs are of dwelling and other burglary."""


def usual_dispersion(count: ArrayLike, kinds: str | Sequence[str]) -> NDArray:
    """The factor that periods of so many events of a kind usually have.

    Args:
        count: events of the period, any shape; NaN gives NaN, and a negative one counts as 0.
        kinds: an indicator, or one for each count (one dimension); of one that is not in
            ``EXCESS`` the factor is that of others.

    Returns:
        1 or more; 1 for no events.
    """
    events = np.maximum(np.asarray(count, dtype=float), 0.0)
    names = [kinds] if isinstance(kinds, str) else list(kinds)
    excess = np.array([EXCESS.get(name, EXCESS_OF_OTHERS) for name in names])
    excess = excess[0] if isinstance(kinds, str) else excess
    return (1 + excess * (events / SIZE) ** GROWTH)[()]
