"""Places over time, drawn: a bump chart with changes of edition marked."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.movement import MovementAnswer
from dashboard.analysis.rows import records_of
from dashboard.charts.bump import Mark, bump
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.wording import month_text
from dashboard.metrics.periods import month_label, parse_month
from dashboard.metrics.ranking import ordinal
from dashboard.words.levels import DENOMINATORS, lowered

FEWEST = 3
"""Two periods are a step, which another chart shows."""


def places_chart(answer: MovementAnswer, *, source: str) -> Chart | None:
    """Draw every member's place in each period; None for fewer than three periods."""
    if len(answer.periods) < FEWEST:
        return None
    months = _months(answer)
    edition = f", edition {answer.edition}" if answer.edition else ""
    people = DENOMINATORS.get(answer.denominator, "residents")
    return bump(
        answer.ranks,
        caption=Caption(
            title=places_text(answer),
            subtitle=f"Place for {lowered(answer.title)}, 1 is best. All "
            f"periods among the same members ({answer.group}{edition}) and on the {people} of "
            f"{answer.denominator_year}",
            source=source,
            illustrative=answer.illustrative,
        ),
        own_area=answer.area,
        periods=[month_text(month).replace(" ", "<br>") for month in months],
        marks=_marks(answer, months),
    )


def places_text(answer: MovementAnswer) -> str:
    """Return the course of the area's place, in one sentence."""
    every = answer.ranks[answer.ranks["is_own"]]
    own = every.dropna(subset=["rank"])
    name = answer.area_name
    if own.empty:
        return f"{name} has no place in any period"
    ranks = own["rank"].astype(int)
    first, last = own.iloc[0], own.iloc[-1]
    if ranks.nunique() == 1:
        periods = "every period" if len(own) == len(every) else "every period with its figure"
        return f"{name} was {ordinal(ranks.iloc[0])} in {periods} since {first['period']}"
    best, worst = ordinal(ranks.min()), ordinal(ranks.max())
    return (
        f"{name} went from {ordinal(int(first['rank']))} ({first['period']}) to "
        f"{ordinal(int(last['rank']))} ({last['period']}), between {best} and {worst}"
    )


def editions_table(answer: MovementAnswer) -> pd.DataFrame:
    """Return what each edition changed of the one before, as texts; empty for one edition."""
    if len(answer.editions) <= 1:
        return pd.DataFrame()
    rows = [
        {
            "Edition": row.edition,
            "From": month_label(parse_month(row.valid_from[:7])) if row.valid_from else "–",
            "Joined": ", ".join(row.joined) or "–",
            "Left": ", ".join(row.left) or "–",
        }
        for row in records_of(answer.editions)
    ]
    return pd.DataFrame(rows)


def _months(answer: MovementAnswer) -> list[pd.Period]:
    return [parse_month(month) for month in dict.fromkeys(answer.ranks["last_month"])]


def _marks(answer: MovementAnswer, months: list[pd.Period]) -> list[Mark]:
    """Return where an edition of the group begins between two of the periods."""
    marks: list[Mark] = []
    for row in records_of(answer.editions):
        if not row.valid_from:
            continue
        begins = parse_month(row.valid_from[:7]).ordinal
        before = [number for number, month in enumerate(months) if month.ordinal < begins]
        if before and len(before) < len(months):
            marks.append((before[-1] + 0.5, f"Edition {row.edition} begins"))
    return marks
