"""How fresh the figures of an area are: every source, from its first period to its last."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.series import ILLUSTRATIVE, Series
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.timeline import timeline_of_sources
from dashboard.metrics.periods import MONTHS_A_YEAR, month_at, month_label, parse_month
from dashboard.metrics.window_rows import SPAN_MONTHS, SURVEY_WAVE
from dashboard.store.cache import cached_per_build
from dashboard.words.levels import capital, in_words, joined
from dashboard.words.series import PLURALS, source_name
from dashboard.words.sources import OWN_FIGURES, source_of_area

POLICE = "Police recorded crime"
"""What the partnership's own figures are called of an indicator that publications print too."""
POPULATION, RESIDENTS = "population", "Population estimates"
HOW_TO_READ = (
    "A bar runs from the first to the last period for which a source has a figure here.",
    "The diamond is the day on which its newest figures were published: their vintage.",
    "A source is behind when it ends more than a year before the latest of all.",
)


@cached_per_build
def sources_of(view: AreaView) -> pd.DataFrame:
    """Return every source of an area's figures, those that are behind first.

    Returns:
        source (its name), counted ("months, quarters"), indicators (how many), first and last
        (the first day of the first and of the last month), published (the newest), is_current
        (whether it ends within a year of the latest of all).
    """
    rows = pd.DataFrame([*_of_series(view), *_of_population(view)])
    if rows.empty:
        return rows
    found = rows.groupby("source", as_index=False).agg(
        counted=("frequency", lambda each: joined(_counted(each))),
        indicators=("indicator", "nunique"),
        first=("first", "min"),
        last=("last", "max"),
        published=("published", "max"),
    )
    found["is_current"] = found["last"] >= found["last"].max() - MONTHS_A_YEAR
    found = found.sort_values(["last", "source"], ascending=[True, True], ignore_index=True)
    for column in ("first", "last"):
        found[column] = [month_at(each).to_timestamp() for each in found[column]]
    return found


def freshness_title(sources: pd.DataFrame, area_name: str) -> str:
    """Return whether the sources are current: "All 15 sources are current, to December 2009"."""
    if sources.empty:
        return f"No figure of {area_name} is loaded"
    count, latest = len(sources), month_label(sources["last"].max())
    behind = count - int(sources["is_current"].sum())
    if not behind:
        which = "The only source is" if count == 1 else f"All {in_words(count)} sources are"
        return f"{which} current, to {latest}"
    end = "ends" if behind == 1 else "end"
    which = f"{capital(in_words(behind))} of {in_words(count)} sources"
    return f"{which} {end} more than a year before {latest}"


@cached_per_build
def freshness_chart(view: AreaView) -> Chart:
    """Return the sources of an area on a line of time; it has some."""
    sources = sources_of(view)
    shown = (view.series(each) for each in view.indicators_with_figures())
    caption = Caption(
        freshness_title(sources, view.area_name),
        f"First to last period, {view.area_name}; ◆ newest published",
        source_of_area(shown, view.warehouse.cached_frame("loads")),
        view.is_illustrative,
    )
    return timeline_of_sources(sources, caption=caption)


def _of_series(view: AreaView) -> Iterator[dict]:
    for indicator, known in view.known_series.items():
        for series in known:
            if len(series.ends):
                span = 1 if series.frequency == SURVEY_WAVE else SPAN_MONTHS[series.frequency]
                yield {
                    "source": _name(view, indicator, series),
                    "frequency": series.frequency,
                    "indicator": indicator,
                    "first": int(series.ends[0]) - span + 1,
                    "last": int(series.ends[-1]),
                    "published": pd.to_datetime(series.figures["published"]).max(),
                }


def _name(view: AreaView, indicator: str, series: Series) -> str:
    """Return what a source is called: a publication by its publisher, own figures by who counts."""
    if series.source not in (OWN_FIGURES, ILLUSTRATIVE):
        return capital(source_name(series.source, view.warehouse.cached_frame("loads")))
    counts, *publications = view.indicator(indicator).source.split("; ")
    return POLICE if publications else counts


def _of_population(view: AreaView) -> Iterator[dict]:
    """Yield the estimates that rates are worked out with, each of the middle of its year."""
    estimates = view.warehouse.frame(
        "denominators", measure="ons:population", source="", areas=[view.area_code],
        illustrative=view.is_illustrative,
    )  # fmt: skip
    if estimates.empty:
        return
    loads = view.warehouse.cached_frame("loads")
    is_of_it = loads["illustrative"] if view.is_illustrative else loads["source_id"].eq(POPULATION)
    published = pd.to_datetime(loads.loc[is_of_it, "published"]).unique()
    for year in estimates["denominator_year"]:
        june = parse_month(f"{year}-06").ordinal
        yield {
            "source": RESIDENTS,
            "frequency": "year",
            "indicator": RESIDENTS,
            "first": june,
            "last": june,
            # Of several publications nobody knows which one an estimate comes from.
            "published": published[0] if len(published) == 1 else pd.NaT,
        }


def _counted(frequencies: pd.Series) -> list[str]:
    return [word for kind, word in PLURALS.items() if kind in set(frequencies)]
