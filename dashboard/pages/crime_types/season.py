"""The months of an indicator in words and as a heat map."""

from __future__ import annotations

from dashboard.analysis.season import SeasonAnswer
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.heat_map import heat_map
from dashboard.charts.wording import NO_FIGURE, number_text
from dashboard.metrics.percent import PER_CENT


def season_chart(answer: SeasonAnswer, *, source: str) -> Chart:
    """Draw every month, a row a month from April and a column a financial year.

    Args:
        answer: Of `dashboard.analysis.season`.
        source: The line of `dashboard.words.sources`.
    """
    every = answer.cells
    known = every["value"].notna() | every["instead"].ne("")
    years = list(dict.fromkeys(every.loc[known, "year"]))
    cells = every.assign(instead=every["instead"].where(known, NO_FIGURE))
    wide = answer.table().T[years]
    instead = cells.pivot_table(
        index="month", columns="year", values="instead", aggfunc="first", sort=False
    )
    left_out = (
        ". Years without a figure are left out" if len(years) < every["year"].nunique() else ""
    )
    return heat_map(
        wide,
        instead.reindex(index=wide.index, columns=wide.columns).fillna(""),
        caption=Caption(
            title=season_finding(answer),
            subtitle=f"{answer.title}, number a month by financial year, {answer.area_name}. "
            f"Darker is more{left_out}",
            source=source,
            illustrative=answer.illustrative,
        ),
        names=("Month", "Financial year", "Number"),
    )


def season_finding(answer: SeasonAnswer) -> str:
    """Return which months are usually high and low, in one sentence."""
    if answer.usual.empty:
        return f"{answer.title}: too few complete years to say which months are usually high"
    high, low = answer.usual.iloc[0], answer.usual.iloc[-1]
    above, below = (
        number_text(PER_CENT * (row["ratio"] - 1), "percent_change") for row in (high, low)
    )
    years = answer.complete_years
    return (
        f"{answer.title} was highest in {high['month']} ({above} on the year's average month) and "
        f"lowest in {low['month']} ({below}), {years[0]} to {years[-1]}"
    )
