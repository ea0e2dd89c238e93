"""A file that is to be loaded, in words and tables: what is in it and what it would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.quarter_changes import ChangedVerdict
from dashboard.analysis.rows import records_of, rows_of
from dashboard.charts.wording import NO_FIGURE, NOT_GIVEN, number_text
from dashboard.intake.file_preview import PlanFound
from dashboard.metrics.periods import month_label, parse_month
from dashboard.words.levels import capital, date_text, in_words, level_text, named
from dashboard.words.loading import period_text
from dashboard.words.reasons import reason_in_words
from dashboard.words.verdict import status_text

CHANGES = {
    "new": "New",
    "new series": "A new series beside what is there",
    "later period": "A later period",
    "revised": "Revised",
    "held": "Held as a suspected gap",
    "gone": "Gone",
}
"""What each change of a latest value is called."""
BOUNDARIES = "Recognised as boundaries for maps."
CAN, CANNOT = "can be loaded", "cannot be loaded"
NAMED = 3
"""Areas that a sentence names."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a source read of a file: a row of `dashboard.intake.loading.FilePreview.sources`."""

    title: str
    publisher: str
    rows_read: int
    rows_good: int
    rows_rejected: int
    withheld: int
    markers: str
    corrections: str


def page_title(files: int, usable: int, problems: int) -> str:
    """Return what is the matter with the files, in one sentence.

    Args:
        files: How many were checked; 0 before that.
        usable: How many of them can be loaded.
        problems: How many things are wrong in all of them.
    """
    if not files:
        return "Load figures: checked first, kept when you say so"
    if not usable:
        return "The file cannot be loaded" if files == 1 else "None of the files can be loaded"
    wrong = f"{number_text(problems)} problem{'' if problems == 1 else 's'} found"
    if usable < files:
        return f"{capital(in_words(usable))} of {in_words(files)} files can be loaded; {wrong}"
    can = "The file can" if files == 1 else f"All {in_words(files)} files can"
    return f"{can} be loaded{f'; {wrong}' if problems else ''}"


def source_line(source: Source) -> str:
    """Return what was recognised, and what of it was put right or withheld and why."""
    withheld = f" Withheld: {source.markers}." if source.markers else ""
    corrected = f" {source.corrections}" if source.corrections else ""
    return f"Recognised as {source.title}, {source.publisher}.{withheld}{corrected}"


def source_numbers(source: Source) -> list[tuple[str, str]]:
    """Return how many cells or lines were read, and what became of them."""
    counts = {
        "Read": source.rows_read,
        "Good": source.rows_good,
        "Rejected": source.rows_rejected,
        "Withheld": source.withheld,
    }
    return [(name, number_text(count)) for name, count in counts.items()]


def places_sentence(places: pd.DataFrame) -> str:
    """Return what boundaries would show; `places` as `dashboard.intake.boundary_files.PLACES`."""
    count = len(places)
    known = places.loc[places["area_name"].ne(""), "area_name"].drop_duplicates().tolist()
    areas = "1 area" if count == 1 else f"{number_text(count)} areas"
    if not known:
        return (
            f"{areas}. None of them has figures yet: the map will show them once some are loaded."
        )
    matched = number_text(int(places["area_name"].ne("").sum()))
    names = ", ".join(known[:NAMED])
    more = f" and {number_text(len(known) - NAMED)} more" if len(known) > NAMED else ""
    return (
        f"{areas}, of which {matched} {'has' if matched == '1' else 'have'} figures: {names}{more}."
    )


def places_table(places: pd.DataFrame) -> pd.DataFrame:
    """Return each area of boundaries with whose figures it would be shaded by."""
    return pd.DataFrame(
        {
            "Code": places["place"],
            "Name in the file": places["place_name"].where(places["place_name"].ne(""), NOT_GIVEN),
            "Figures of": places["area_name"].where(places["area_name"].ne(""), "none yet"),
        }
    )


def plan_lines(plan: PlanFound) -> list[str]:
    """Return what a workbook's plan holds, and what becomes of a plan of its name."""
    held = ", ".join(f"{number_text(count)} {name}" for name, count in plan.counts.items())
    lines = [f"Recognised as the plan {plan.title}: {held}."]
    if plan.replaces:
        lines.append(
            f"It takes the place of the plan {plan.plan_id} that is here, which is put aside in "
            "the folder “replaced” of the data folder."
        )
    return lines


def plan_loaded_sentence(plan: str) -> str:
    """Return that a plan is published."""
    return f"The plan {plan} is loaded and published."


def problems_title(problems: pd.DataFrame) -> str:
    """Return how many things are wrong: "Two problems"."""
    count = len(problems)
    return f"{capital(in_words(count))} {'problem' if count == 1 else 'problems'}"


def unknown_table(unknown: pd.DataFrame) -> pd.DataFrame:
    """Return areas and measures that are not known, with the nearest that is."""
    return pd.DataFrame(
        [
            {
                "Code": each.value,
                "As": capital(each.what),
                "Lines": number_text(each.rows),
                "Did you mean": _nearest(each.nearest, each.nearest_name),
            }
            for each in records_of(unknown)
        ]
    )


def new_periods_table(new: pd.DataFrame, titles: dict[str, str]) -> pd.DataFrame:
    """Return how many periods each indicator gains; `titles` names indicators by id."""
    return pd.DataFrame(
        {
            "Indicator": [titles.get(each, each) for each in new["indicator_id"]],
            "Areas": [number_text(each) for each in new["areas"]],
            "New periods": [number_text(each) for each in new["new_periods"]],
        }
    )


def revised_table(revised: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return figures that another vintage has otherwise; `names` names areas by code."""
    return pd.DataFrame(
        [
            {
                "Area": names.get(each.area_code, each.area_code),
                "Measure": each.measure_code,
                "Period": period_text(each.period_start, each.period_kind),
                "Published before": f"{_figure(each.previous_value)}, "
                f"{date_text(each.previous_published)}",
                "Published after": f"{_figure(each.value)}, {date_text(each.published)}",
            }
            for each in records_of(revised)
        ]
    )


def held_table(held: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return figures that would be held as suspected gaps."""
    return pd.DataFrame(
        [
            {
                "Area": names.get(each.area_code, each.area_code),
                "Measure": each.measure_code,
                "Period": period_text(each.period_start, each.period_kind),
                "Why": each.reason,
            }
            for each in records_of(held)
        ]
    )


def latest_table(
    latest: pd.DataFrame, titles: dict[str, str], units: dict[str, str]
) -> pd.DataFrame:
    """Return latest values that would be others; titles and units of indicators by id."""
    return pd.DataFrame(
        [
            {
                "Indicator": titles.get(each.indicator_id, each.indicator_id),
                "Area": each.area_name,
                "What happens": CHANGES.get(each.change, capital(each.change)),
                "Now": _dated(each.value_before, each.period_before, unit),
                "Then": _dated(each.value, each.period, unit),
            }
            for each in records_of(latest)
            for unit in (units.get(each.indicator_id, "count"),)
        ]
    )


def verdicts_lines(verdicts: pd.DataFrame) -> list[str]:
    """Return one sentence for each verdict that would change."""
    return [
        f"{named(each)}: {status_text(each.status_before)} now, would be "
        f"{status_text(each.status)} ({reason_in_words(each.reason)})"
        for each in rows_of(verdicts, ChangedVerdict)
    ]


def load_label(usable: int, files: int) -> str:
    """Return what the button says."""
    if files == 1:
        return "Load this file"
    return f"Load all {files} files" if usable == files else f"Load {usable} of {files} files"


def stored_sentence(names: Sequence[str]) -> str:
    """Return that boundaries are there for maps."""
    files = f"{names[0]} is" if len(names) == 1 else f"{', '.join(names)} are"
    return f"{files} kept. Crime types draws its map with such boundaries."


def loaded_sentence(names: Sequence[str], seen_on: str) -> str:
    """Return what was done, once figures are published, and where they are seen; "" for nowhere."""
    files = f"{names[0]} is" if len(names) == 1 else f"{len(names)} files are"
    where = f"Now to be seen on: {seen_on}" if seen_on else "No page shows anything of it yet"
    return f"{files} loaded and published. {where}."


def _nearest(code: str, name: str) -> str:
    return f"{code}{f' ({name})' if name else ''}" if code else ""


def _figure(value: float | None) -> str:
    return level_text(value, "count")


def _dated(value: float | None, period: object, unit: str) -> str:
    if pd.isna(period):
        return NO_FIGURE
    return f"{level_text(value, unit)}, {month_label(parse_month(str(period)))}"
