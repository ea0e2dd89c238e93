"""The fourteen made-up areas that Southampton is ranked with.

Each is given by what it recorded per 1,000 residents from April to December of 2008 and of 2009.
Southampton itself comes to 98.1 and 86.0 (all crime), 24.7 and 22.9 (violence against the person),
20.1 and 16.7 (criminal damage), 0.97 and 0.96 (most serious violence), so that by these rows its
places of 15, lowest rate first, are

    all crime                    14th, then 13th   (11: 13th, a slight positive shift)
    violence against the person  15th, then 15th   (16: 15th, no relative shift)
    criminal damage              13th, then 13th   (22: 13th, very slightly improved)
    most serious violence         6th, then  3rd   (11 and 16: 3rd)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.illustrative.series import windows_of
from etl.illustrative.shapes import generator_of, months_of, share_out

KIND = "comparator"
_PER_RATE = 1000
_PER_CENT = 100
_RESIDENTS_A_HOME = 2.38

#: Residents of mid-2006 to mid-2009, in thousandths of those of 2009.
_GROWTH = (987, 992, 996, 1_000)

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Comparator:
    """One made-up area; rates per 1,000 residents, April to December 2008 and 2009.

    Attributes:
        number: 1 to 14; also how close it is to Southampton.
        population: Residents of mid-2009.
        all_crime: Rates of all crime.
        violence: Of violence against the person.
        damage: Of criminal damage.
        serious: Of most serious violence.
    """

    number: int
    population: int
    all_crime: Pair
    violence: Pair
    damage: Pair
    serious: Pair

    @property
    def code(self) -> str:
        """Return its area code."""
        return f"comparator-{self.number:02d}"

    @property
    def name(self) -> str:
        """Return its name."""
        return f"Comparator {self.number}"


COMPARATORS = (
    Comparator(1, 212_000, (64.2, 60.1), (14.1, 13.7), (13.0, 11.0), (0.88, 0.90)),
    Comparator(2, 268_000, (79.5, 73.8), (17.8, 17.1), (15.2, 12.7), (1.21, 1.24)),
    Comparator(3, 181_000, (91.0, 83.2), (21.9, 21.0), (17.1, 14.3), (1.38, 1.35)),
    Comparator(4, 305_000, (102.3, 95.4), (22.6, 21.4), (21.6, 18.0), (1.55, 1.58)),
    Comparator(5, 247_000, (95.1, 90.3), (20.9, 20.2), (18.1, 14.9), (1.12, 1.16)),
    Comparator(6, 158_000, (70.3, 66.0), (15.0, 14.8), (16.0, 13.4), (0.80, 0.83)),
    Comparator(7, 289_000, (83.7, 77.0), (18.4, 17.6), (16.9, 14.1), (0.93, 1.03)),
    Comparator(8, 226_000, (74.8, 70.6), (16.3, 15.9), (14.4, 12.0), (1.05, 1.08)),
    Comparator(9, 199_000, (88.3, 81.5), (19.7, 18.8), (18.6, 15.4), (0.93, 1.05)),
    Comparator(10, 322_000, (85.6, 80.3), (20.1, 19.5), (22.6, 18.8), (1.42, 1.47)),
    Comparator(11, 174_000, (67.4, 63.2), (14.8, 14.4), (12.2, 10.2), (0.91, 1.04)),
    Comparator(12, 261_000, (92.6, 82.2), (21.2, 20.1), (19.1, 15.8), (1.27, 1.22)),
    Comparator(13, 237_000, (77.1, 72.9), (17.2, 16.8), (15.8, 13.2), (1.17, 1.14)),
    Comparator(14, 190_000, (89.4, 81.0), (18.9, 18.5), (17.6, 14.7), (1.33, 1.30)),
)

#: The other crime types: how an area's remaining crime is made up (parts), the change of the
#: parts from 2008 to 2009 in percent, and the season.
OTHER_TYPES: dict[str, tuple[int, int, str]] = {
    "sexual_offences": (220, -2, "summer"),
    "robbery": (290, -5, "night_life"),
    "dwelling_burglary": (850, 2, "winter"),
    "other_burglary": (1_330, -6, "winter"),
    "theft_of_motor_vehicle": (720, -14, "vehicle"),
    "theft_from_motor_vehicle": (1_900, -13, "vehicle"),
    "other_theft": (5_400, -3, "trade"),
    "arson": (140, -6, "fire"),
    "drug_offences": (760, 3, "even"),
    "other_offences": (640, -2, "even"),
}
SHAPES_OF_GIVEN = {
    "violence_against_the_person": "summer",
    "criminal_damage": "damage",
    "most_serious_violence": "summer",
}
#: How far an area's make-up of crime differs from the others', in percent either way.
_TASTE = 18
#: Ranges of the yearly falls before 2008, in thousandths.
_EARLIER_FALL = (15, 60)
_EARLIER_FALL_OF_DAMAGE = (60, 90)


def comparator_counts(area: Comparator) -> dict[str, list[int]]:
    """Return the monthly counts of an area, April 2006 on, by measure without scheme.

    The twelve crime types add up to its all crime; most serious violence is part of violence.
    """
    populations = populations_of(area)[-2:]
    given = {
        "violence_against_the_person": _counts(area.violence, populations),
        "criminal_damage": _counts(area.damage, populations),
        "most_serious_violence": _counts(area.serious, populations),
    }
    crime = _counts(area.all_crime, populations)
    left = [
        crime[i] - given["violence_against_the_person"][i] - given["criminal_damage"][i]
        for i in range(2)
    ]
    later = given | _other_types(area, left)
    return {measure: _monthly(area, measure, totals) for measure, totals in sorted(later.items())}


def populations_of(area: Comparator) -> list[int]:
    """Return the residents of mid-2006 to mid-2009, to the nearest hundred."""
    return [_to_hundreds(area.population * each / _PER_RATE) for each in _GROWTH]


def households_of(area: Comparator) -> list[int]:
    """Return the households of mid-2006 to mid-2009, to the nearest hundred."""
    return [_to_hundreds(people / _RESIDENTS_A_HOME) for people in populations_of(area)]


def _to_hundreds(people: float) -> int:
    return _PER_CENT * round(people / _PER_CENT)


def _counts(rates: Pair, populations: Sequence[int]) -> list[int]:
    return [
        round(rate * people / _PER_RATE) for rate, people in zip(rates, populations, strict=True)
    ]


def _other_types(area: Comparator, left: Sequence[int]) -> dict[str, list[int]]:
    random = generator_of(area.code, "make-up of crime")
    parts = {
        name: part * int(random.integers(_PER_CENT - _TASTE, _PER_CENT + _TASTE, endpoint=True))
        for name, (part, _, _) in OTHER_TYPES.items()
    }
    in_2009 = [part * (_PER_CENT + OTHER_TYPES[name][1]) for name, part in parts.items()]
    shared = zip(share_out(left[0], list(parts.values())), share_out(left[1], in_2009), strict=True)
    return {name: list(totals) for name, totals in zip(parts, shared, strict=True)}


def _monthly(area: Comparator, measure: str, later: Sequence[int]) -> list[int]:
    """Return the months of a measure from its totals of 2008 and 2009; the years before fell."""
    random = generator_of(area.code, measure)
    least, most = _EARLIER_FALL_OF_DAMAGE if measure == "criminal_damage" else _EARLIER_FALL
    falls = [int(each) for each in random.integers(least, most, size=2, endpoint=True)]
    in_2007 = round(later[0] * _PER_RATE / (_PER_RATE - falls[0]))
    in_2006 = round(in_2007 * _PER_RATE / (_PER_RATE - falls[1]))
    shape = SHAPES_OF_GIVEN.get(measure) or OTHER_TYPES[measure][2]
    return months_of(windows_of([in_2006, in_2007, *later], shape), shape, random)
