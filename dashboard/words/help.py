"""The help beside a chart: what it shows, how to read it, when not to trust it, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "area_map", "control", "funnel", "heat_map", "history", "lines_of_types",
    "monthly_path", "movement", "percent_bars", "places", "ranked_bars", "rank_target",
    "small_trajectory", "sparkline", "survey_dots", "tiles", "trajectory", "waterfall",
]  # fmt: skip
"""A kind of chart that help is written for."""


@dataclass(frozen=True)
class Help:
    """What a reader who has never seen a kind of chart needs.

    Attributes:
        shows: What it shows.
        reads: How to read it.
        distrust: When not to trust it.
    """

    shows: str
    reads: str
    distrust: str

    def parts(self) -> list[tuple[str, str]]:
        """Return the three parts, each under its heading."""
        return [
            ("What it shows", self.shows),
            ("How to read it", self.reads),
            ("When not to trust it", self.distrust),
        ]


_HELP: dict[Kind, Help] = {
    "control": Help(
        "Every period's figure, with the range in which it moves as long as nothing changes.",
        "The line in the middle is the usual level, those above and below are the limits. A plain "
        "circle is one of the usual ups and downs: do not explain it. A marked point is more than "
        "that: ask what happened. Where limits begin anew, a person said that the level changed, "
        "and why.",
        "With few figures the limits are rough. After a change in recording, until somebody "
        "confirms the break below the chart. When a month has not been counted to its end.",
    ),
    "history": Help(
        "Every figure that is known, in the shortest periods that it is counted in.",
        "Look at the whole line, not at its last step. A gap in it is a period without a figure, "
        "which is not zero. \"Fewer than 5\" or \"suppressed\" in the table stands for a count "
        "that is left out because it could tell of a person, or would give such a count away.",
        "Two neighbouring points say little: nothing here tells chance from change. Compare a "
        "month with the same month of another year, since most crimes have a season.",
    ),
    "trajectory": Help(
        "Where the figures are, and the path from the baseline to the goal. Each point is the "
        "twelve months up to it, so that the season does not show; of a survey, one survey.",
        "Compare the line of figures with the path on the same day. Where a shaded fan begins, "
        "the figures end: it holds what is to be expected, in its dark part four times in five, "
        "in all of it 19 times in 20.",
        "The fan knows only how the figures moved so far. It does not know of a new law, a new "
        "way of recording or a new action. A path is a convention: being just above it in one "
        "month proves nothing.",
    ),
    "small_trajectory": Help(
        "A target's figures and the path from its baseline to its goal. Where a shaded fan begins, "
        "the figures end: it holds what is to be expected, 19 times in 20.",
        "Each small chart has a scale of its own: compare line and path within one, never the "
        "heights of two.",
        "Read the verdict and the note of a target before its line: some series do not compare "
        "with their baseline.",
    ),
    "sparkline": Help(
        "The last three years of an indicator in one line: twelve-month totals or rates, or the "
        "percentages of surveys. The dot at its end is the latest.",
        "Look at its direction only. Each line runs from its own lowest to its own highest figure, "
        "so that a small wobble may look as steep as a large fall: its numbers are in the columns "
        "beside it.",
        "Nothing here tells chance from change, and no line can be compared with another.",
    ),
    "monthly_path": Help(
        "The months of this year beside the share of the path that each month should have.",
        "A month over its share used up more of the year than planned. The shares are those of "
        "the three years before.",
        "One month over or under is often chance. If the season has moved since, the shares "
        "mislead.",
    ),
    "rank_target": Help(
        "The place in the group on a line from first to last, and the place that the target asks "
        "for.",
        "First is best. Where it stood a year before is marked as well.",
        "Places near each other are often a matter of chance, and those of different editions of "
        "the group do not compare.",
    ),
    "ranked_bars": Help(
        "The rate of every area of the group, best first, each with its 95% interval.",
        "Where the intervals of two areas overlap a good deal, their order may be chance. The line "
        "is the rate of all areas taken together.",
        "When an area counts differently, or residents are not what drives the figure: a city "
        "centre has visitors. When the group is not one of similar areas: the line above the "
        "chart says so.",
    ),
    "movement": Help(
        "The places of all areas of the group a year ago and now.",
        "A line that goes up is an area that overtook others, whatever its own figure did.",
        "A place can be lost while crime falls, if it falls faster elsewhere. Small steps are "
        "often chance.",
    ),
    "places": Help(
        "The place of every area of the group at the end of each year.",
        "Follow the thick line, which is this area: up is better. A dashed line across is a new "
        "edition of the group.",
        "Do not compare places on both sides of a new edition: the members differ. Lines that "
        "cross again and again are areas that chance cannot tell apart.",
    ),
    "funnel": Help(
        "The rate of each area against its size, with the limits that chance alone would keep to.",
        "Small areas vary more by chance, so the limits are wider on the left. One area in twenty "
        "lies beyond the dashed limits by chance. Where areas truly differ, the limits allow for "
        "it and are nearly level.",
        "It does not say who is best, and nothing can be read from it where areas count "
        "differently.",
    ),
    "waterfall": Help(
        "The parts of a change, one step each: together they are the whole change.",
        "Blue steps to the left are falls, orange steps to the right are rises; each begins where "
        "the one before ended. The grey bar at the end is the whole. Points say how much of the "
        "whole's percentage a part makes up.",
        "The largest part is not the reason: it is only where the change took place. Large "
        "changes that cancel out each other may be the same crimes recorded under another name.",
    ),
    "percent_bars": Help(
        "What changed most on a year before, in percent, either way.",
        "Orange is worse, blue is better, whichever way the bar goes. A pale bar is a change that "
        "chance could explain, or that was not held against it.",
        "A large percentage of a small number is few crimes: the table has both. A change in what "
        "is recorded looks like a change in crime.",
    ),
    "tiles": Help(
        "The verdict on each target at the end of each quarter, with the chance that its goal "
        "would be met as it looked then. The bar is the chance now.",
        "Read a row from left to right. A blank means that the target was not set yet, a dash "
        "that no verdict could be given.",
        "The verdicts are worked out with the figures that are known today: a meeting may have "
        "seen others. A chance that moves by a few points has not moved.",
    ),
    "survey_dots": Help(
        "What share of residents said so, in each survey; England and the goal beside it.",
        "The dot is what the people asked said. The line through it is where all residents are "
        "likely to be, 19 times in 20: the fewer were asked, the longer it is. A diamond is "
        "England, an empty square those who answered don't know.",
        "Two dots whose lines overlap widely are not known to differ. When a survey asks in "
        "other words or other people, it does not compare. Where no line is drawn, nobody says "
        "how many were asked.",
    ),
    "heat_map": Help(
        "Every month, a row a month from April and a column a financial year.",
        "Darker is more. A dark row is a month that is high every year; a column that grows paler "
        "is a year with fewer. Each cell has its number.",
        "Months have 28 to 31 days, and small numbers move by chance. An empty cell is not zero.",
    ),
    "area_map": Help(
        "The figure of each area, in four shades, on the boundaries that you gave.",
        "Darker is more; of changes, blue fell and orange rose. The ranges of the shades stand "
        "under the map. Grey has no figure to show.",
        "Large areas catch the eye and few people may live there: the table is fairer. Numbers "
        "follow population, so compare rates. A border between two shades is no cliff.",
    ),
    "lines_of_types": Help(
        "The figures of the types chosen, period by period.",
        "Each line has its name at its end. A gap is a period without a figure, which is not zero.",
        "Nothing here tells chance from change: the page of one indicator has its limits.",
    ),
}  # fmt: skip


def help_on(kind: Kind) -> Help:
    """Return the help of a kind of chart."""
    return _HELP[kind]
