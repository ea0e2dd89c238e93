"""What has to come out for Southampton: each table says which paragraph of the plan it serves.

Sizes and everything the plan does not state are made up, of an order that fits a city of some
235,000 people. Changes are in percent; a stated "down 7%" is made as -7.2, so that nothing looks
rounder than counts are.
"""

from __future__ import annotations

from dataclasses import dataclass

AREA, ENGLAND = "E22000120", "E92000001"

#: Recorded crime, whole: April to December of 2008, and the change of each April to December from
#: 2007. Paragraph 10: down 12%, almost double the fall of any year before; paragraph 7: every year.
ALL_CRIME_SIZE = 23_000
ALL_CRIME_CHANGES = (-3.4, -6.4, -12.1)
#: The crime type that takes what is left of all crime when the others are made.
REMAINDER = "other_theft"


@dataclass(frozen=True, slots=True)
class Yearly:
    """A count that is told by its change from one April to December to the next.

    Attributes:
        measure: Its name, without scheme.
        size: Its total from April to December 2008.
        changes: Percent change of April to December 2007, 2008 and 2009, each on the year before.
        shape: Its season.
        fact: Paragraph and what it says; "" where the plan says nothing.
        winters: Percent change of January to March 2008 and 2009, each on the year before; None
            lets every winter lie between the summers beside it.
    """

    measure: str
    size: int
    changes: tuple[float, float, float]
    shape: str
    fact: str = ""
    winters: tuple[float, float] | None = None


#: The crime types; together with the remainder they add up to all crime. Violent crime (violence,
#: sexual offences, robbery) comes to -7% (paragraph 15) and with criminal damage makes almost half
#: of all crime (paragraph 8). Only dwelling burglary and arson rise ("almost all types", 10).
CRIME_TYPES = (
    Yearly("violence_against_the_person", 5_803, (-1.6, -3.2, -7.2), "summer", "10: down 7%"),
    Yearly("sexual_offences", 221, (-3.1, -4.3, -5.0), "summer", "15: down 5%, third year"),
    # Paragraph 10 says 12%, paragraph 15 says 13%: -12.6 agrees with paragraph 15.
    Yearly("robbery", 310, (-4.5, -6.1, -12.6), "night_life", "15: down 13%; 10: down 12%"),
    Yearly("dwelling_burglary", 806, (-5.2, -3.9, 17.0), "winter", "12: up 17%"),
    Yearly("other_burglary", 1_394, (-4.1, -6.2, -10.5), "winter"),
    Yearly("theft_of_motor_vehicle", 702, (-7.7, -10.2, -26.1), "vehicle", "10: down 26%"),
    Yearly("theft_from_motor_vehicle", 1_988, (-4.6, -8.8, -35.8), "vehicle", "10: down 36%"),
    # 10: criminal damage and arson down 16%; 24: falls every year; 22: the 26% in sight.
    Yearly("criminal_damage", 4_716, (-5.9, -8.4, -17.0), "damage", "10, 22, 24"),
    Yearly("arson", 141, (-3.2, -2.1, 17.0), "fire", "23: appears to have increased"),
    Yearly("drug_offences", 704, (4.2, 2.8, -3.3), "even"),
    Yearly("other_offences", 632, (-1.9, -3.1, -6.2), "even"),
)

#: Further counts. Most serious violence is down in the year, but by less than its target asks
#: (paragraph 11).
COUNTS = (
    Yearly(
        "most_serious_violence", 228, (-2.8, -6.1, -0.9), "summer", "11: reduced; target missed"
    ),
    Yearly("assault_with_less_injury", 1_910, (-1.2, -2.6, -8.3), "summer"),
    Yearly(
        "violence_against_the_person_city_centre_night",
        702,
        (-0.8, -2.9, -17.0),
        "night_life",
        "29 box: down 17%",
    ),
    Yearly("assaults_hospital_ed", 948, (-1.6, -4.2, -12.0), "night_life", "29 box: down 12%"),
    Yearly("primary_arson", 52, (-3.6, -3.7, 28.8), "fire", "23: especially primary arson"),
    Yearly(
        "first_time_entrants",
        301,
        (-2.9, -5.8, -20.3),
        "school",
        "31 box: down 20% in the last year",
        winters=(-5.0, -19.0),
    ),
    Yearly("acceptable_behaviour_contracts", 150, (4.6, 8.7, 14.0), "school", "31: up 14%"),
    Yearly("acceptable_behaviour_contract_breaches", 60, (3.5, 1.7, -5.0), "school", "31: down 5%"),
    Yearly(
        "community_payback_hours", 12_860, (8.4, 11.2, 16.6), "work", "28: 15,000 hours to date"
    ),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A count that is the same share of another one in every window.

    Attributes:
        measure: Its name.
        whole: What it is part of.
        percent: Its share.
        shape: Its season.
        fact: Paragraph and what it says.
    """

    measure: str
    whole: str
    percent: float
    shape: str
    fact: str


_VIOLENCE = "violence_against_the_person"
PARTS = (
    Part(f"{_VIOLENCE}_domestic", _VIOLENCE, 21.5, "summer", "18: 21.5% of violence"),
    Part(f"{_VIOLENCE}_city_centre", _VIOLENCE, 24.8, "night_life", "18: 24.8% of violence"),
)


@dataclass(frozen=True, slots=True)
class Quarterly:
    """A monthly count whose quarters are given, from April to June 2006 on.

    Attributes:
        measure: Its name.
        quarters: Fifteen totals.
        shape: Its season.
        fact: Paragraph and what it says.
    """

    measure: str
    quarters: tuple[int, ...]
    shape: str
    fact: str


# A row of figures is easier to read than a column.
# fmt: off
BY_QUARTER = (
    Quarterly(
        "common_assault",
        (342, 351, 319, 296, 338, 344, 321, 290, 331, 346, 312, 301, 352, 338, 283),
        "summer",
        "15: variable through the year, dropped in the last quarter",
    ),
    Quarterly(
        "asb_reports",
        (4_310, 4_690, 3_720, 3_440, 4_260, 4_610, 3_690, 3_380,
         4_190, 4_560, 3_640, 3_310, 3_960, 3_786, 3_350),
        "streets",
        "31 box: 17% fewer in the summer than in that of 2008; 23: fewer over the year",
    ),
)


@dataclass(frozen=True, slots=True)
class Levels:
    """Figures that stand for a quarter or a year by themselves, up to the last one there is.

    Attributes:
        measure: Its name, with scheme.
        values: Oldest first. Quarters end with October to December 2009, years with 2008/09.
        fact: Paragraph and what it says.
    """

    measure: str
    values: tuple[float, ...]
    fact: str = ""


QUARTER_LEVELS = (
    Levels(
        "local:neighbourhood_watches",
        (176, 180, 184, 188, 192, 196, 200, 206, 213, 219, 226, 234, 243, 251, 260),
        "28 box: up 15%, and 30% in two years",
    ),
    Levels(
        "local:ni_19",
        (124.6, 123.1, 124.0, 122.4, 121.9, 122.3, 120.2, 119.6,
         119.0, 117.8, 117.2, 116.0, 114.1, 110.6, 107.2),
    ),
    Levels(
        "local:ni_30",
        (91.2, 90.4, 90.9, 89.1, 88.6, 88.9, 87.3, 86.8, 86.9, 85.4, 84.8, 84.1, 83.0, 81.7, 80.9),
    ),
    Levels(
        "local:ni_32",
        (25.1, 24.6, 25.9, 25.3, 24.8, 25.5, 24.4, 24.9, 24.2, 25.0, 24.5, 24.0, 25.8, 26.4, 23.2),
        "11: not on target; considerable positive shift in the last quarter",
    ),
    Levels(
        "local:ni_38",
        (111.4, 110.2, 110.9, 109.6, 108.8, 109.1, 107.5, 107.0,
         106.6, 105.9, 105.1, 104.0, 102.1, 99.4, 97.3),
    ),
    Levels(
        "local:ni_40",
        (812, 818, 822, 829, 835, 841, 846, 850, 858, 864, 871, 880, 893, 905, 918),
    ),
    Levels(
        "local:alcohol_harm_hospital_admissions",
        (1_012, 1_034, 1_071, 1_048, 1_055, 1_079, 1_102, 1_083,
         1_098, 1_117, 1_149, 1_126, 1_140, 1_158, 1_181),
    ),
    Levels("local:performance_indicators", (74,), "5: some 74"),
    Levels("local:laa_targets_on_track", (12,), "11: all but 2 of 14"),
)

# fmt: on
YEAR_LEVELS = (
    Levels("local:ni_110", (62.8, 64.0, 69.2)),
    Levels("local:ni_115", (13.1, 12.5, 10.6)),
    Levels("local:domestic_violence_reported_by_women", (5.2,), "17: 5.2%"),
)
ENGLAND_YEAR_LEVELS = (
    Levels("local:domestic_violence_reported_by_women", (3.6,), "17: 3.6% nationally"),
)

#: The Place Survey of 2009 (paragraph 26): percentages, and how many answered (made up).
SURVEY_WAVE = "wave 2009"
SURVEY_ANSWERS = 1_142
SURVEYS = (("survey:ni_21", 23), ("survey:ni_21_dont_know", 25), ("survey:ni_41", 45))
ENGLAND_SURVEYS = (("survey:ni_21", 26), ("survey:ni_41", 29))

#: Residents and households of mid-2006 to mid-2009: round figures, nobody's estimate.
POPULATION = (233_000, 233_800, 234_500, 235_000)
HOUSEHOLDS = (97_200, 97_900, 98_600, 99_300)
