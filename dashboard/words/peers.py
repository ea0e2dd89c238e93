"""The members of a group as a table, what the comparison rests on, and how an edition is named."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.groups import SAME_FORCE
from dashboard.analysis.ranking import RankingAnswer
from dashboard.analysis.rows import records_of
from dashboard.charts.wording import NO_DATA, number_text
from dashboard.metrics.ranking import ordinal
from dashboard.metrics.rounding import as_number
from dashboard.words.levels import DENOMINATORS, level_text
from dashboard.words.places import place_in_words
from dashboard.words.rank_certainty import distance_texts, place_rows, places_text
from dashboard.words.ranking import denominator_text, is_polices_group, means_table_rows, measure

NOT_POLICE = (
    "{group} are chosen by another body for another purpose. They are not the police's Most "
    "Similar Group, so a place among them does not answer a target on that group."
)
NOT_SIMILAR = (
    "They share a police force and nothing else that is known here: this is not a group of similar "
    "areas, and a place in it answers no target."
)
OF_OUR_OWN = (
    "This is a group of our own making and not the police's Most Similar Group: {source}. A place "
    "in it answers no target."
)
NOT_YET_IN_FORCE = "On the last day compared, edition {edition} was the one in force."
OTHER_EDITIONS = "Places in different editions cannot be compared: the members differ."


def members_table(answer: RankingAnswer) -> pd.DataFrame:
    """Return every member as texts, best first: place, figures, interval and place before."""
    before = answer.moved.set_index("area_code")["rank_before"]
    people = DENOMINATORS.get(answer.denominator, "residents").capitalize()
    rows = [
        {
            "Place": _rank(row.rank),
            "Area": f"{row.area_name} (this area)" if row.is_own else row.area_name,
            "Number": number_text(row.count, missing=NO_DATA),
            people: number_text(row.denominator, missing=NO_DATA),
            f"Per {answer.rate_per:,}": _rate(row.value),
            "95% interval": _interval(row.lower, row.upper),
            "Place a year before": _rank(before.get(row.area_code)),
            "Place allowing for chance": _places(row.rank_lower, row.rank_upper),
        }
        for row in records_of(answer.members)
    ]
    return pd.DataFrame(rows)


def members_for_download(answer: RankingAnswer) -> pd.DataFrame:
    """Return the members at full precision, with what they rest on in every row."""
    before = answer.moved[["area_code", "rank_before"]]
    return answer.members.merge(before, on="area_code", how="left").assign(
        indicator=answer.indicator,
        measure=measure(answer),
        period=answer.period,
        group=answer.group,
        edition=answer.edition,
        group_source=answer.source,
        denominator_year=answer.denominator_year,
        published=answer.published,
    )


def about_group(answer: RankingAnswer, editions: int = 1) -> str:
    """Return what the group is and is not, in plain words.

    Args:
        answer: The ranking.
        editions: How many groups and editions of them there are to choose from.
    """
    if answer.group_kind == "own_making":
        return OF_OUR_OWN.format(source=answer.source)
    if answer.group == SAME_FORCE:
        text = NOT_SIMILAR
    elif is_polices_group(answer):
        text = f"Members: edition {answer.edition}. Their source: {answer.source}."
    else:
        text = f"{NOT_POLICE.format(group=answer.group)} Source of the members: {answer.source}."
    if answer.edition_in_force and answer.edition_in_force != answer.edition:
        text = f"{text} {NOT_YET_IN_FORCE.format(edition=answer.edition_in_force)}"
    return f"{text} {OTHER_EDITIONS}" if editions > 1 else text


def rests_on(answer: RankingAnswer) -> pd.DataFrame:
    """Return what the comparison rests on, as label and text: means, denominators, edition."""
    edition = f", edition {answer.edition}" if answer.edition else ""
    rows = [
        ("This area", f"{_own(answer)} per {answer.rate_per:,}"),
        *[(label, f"{text} per {answer.rate_per:,}") for label, text in means_table_rows(answer)],
        *[(label, f"{text}") for label, text in distance_texts(answer)],
        ("Group", f"{answer.group}{edition}; {place_in_words(answer.place)}"),
        *place_rows(answer),
        ("Membership from", answer.source),
        ("Rates per", denominator_text(answer)),
        (
            "Intervals of rates",
            "95%, of each area's count taken as one of many that could have happened",
        ),
    ]
    return pd.DataFrame(rows, columns=["What", "Figure or words"])


def without_group(area_name: str, *, has_plan: bool) -> str:
    """Return what is said to an area that no group is known for.

    Args:
        area_name: Which area.
        has_plan: Whether it has a plan, whose folder can name a group.
    """
    own = "compare it in a group of your own making"
    todo = f"Add its members to peers.csv of its plan, or {own}" if has_plan else f"You can {own}"
    return f"No group of similar areas is known for {area_name}. {todo}."


def _own(answer: RankingAnswer) -> str:
    own = answer.members[answer.members["is_own"]]
    return _rate(own["value"].iloc[0])


def _rate(value: float) -> str:
    return NO_DATA if as_number(value) is None else level_text(value, "rate")


def _rank(rank: object) -> str:
    number = as_number(rank)  # ty: ignore[invalid-argument-type]
    return "–" if number is None else ordinal(int(number))


def _places(lower: float, upper: float) -> str:
    return "–" if pd.isna(lower) else places_text(int(lower), int(upper))


def _interval(lower: float, upper: float) -> str:
    if as_number(lower) is None:
        return "–"
    return f"{_rate(lower)} to {_rate(upper)}"
