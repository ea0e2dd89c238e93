"""A preview of a file: what is in it and what it would change. Nothing of it is stored."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.quarter_changes import ChangedVerdict, changed_verdicts
from dashboard.analysis.rows import columns_of
from dashboard.analysis.status import given_status
from dashboard.intake.boundary_check import is_boundaries, problems_of_boundaries
from dashboard.intake.boundary_files import places_in
from dashboard.store.warehouse import NothingPublishedError, Warehouse
from etl import publish
from etl.added import corrections_in
from etl.datadir import DataDir
from etl.plan_folder import check_plan_workbook, plan_counts
from etl.plan_workbook import is_plan_workbook
from etl.preview import Preview, preview
from etl.problems import InputError, Problem
from etl.progress import Progress
from etl.reading import CheckedFile
from etl.seen_on import seen_in_words

OF_A_PREVIEW = ("unknown", "new_periods", "revised", "held", "latest")
_NO_VERDICTS = pd.DataFrame(columns=["plan_id", *columns_of(ChangedVerdict)])
_PROBLEM_COLUMNS = [each.name for each in fields(Problem)]


@dataclass(frozen=True)
class PlanFound:
    """The plan that a workbook holds.

    Attributes:
        plan_id: The name of its folder.
        title: Its title.
        counts: How many entries it has, by kind: targets, actions and so on.
        replaces: Whether a plan of this name is there.
    """

    plan_id: str
    title: str
    counts: dict[str, int]
    replaces: bool


@dataclass(frozen=True)
class FilePreview:
    """What is in a file and what it would change; nothing of it is stored.

    Attributes:
        name: The file's name as it will be kept.
        database: What was published when it was compared, "" for nothing.
        problems: The fields of `etl.problems.Problem`.
        can_be_loaded: Whether it has any use; if not, `problems` says why.
        sources: title, publisher, rows_read, rows_good, rows_rejected, withheld, markers,
            corrections (a warning, or ""): a row for each source that recognises the file.
        unknown, new_periods, revised, held, latest: `OF_A_PREVIEW`, see `etl.preview.Preview`.
        unplaced: What no partnership will show and what to load, in a sentence; "" for nothing.
        seen_on: Where it would be seen, in words; "" for nowhere.
        plan: Of the workbook of a plan; else None.
        verdicts: Of `verdicts_that_change`.
        places: Of a file of boundaries: `dashboard.intake.boundary_files.PLACES`; else None.
    """

    name: str
    database: str
    problems: pd.DataFrame
    can_be_loaded: bool = False
    sources: pd.DataFrame = field(default_factory=pd.DataFrame)
    unknown: pd.DataFrame = field(default_factory=pd.DataFrame)
    new_periods: pd.DataFrame = field(default_factory=pd.DataFrame)
    revised: pd.DataFrame = field(default_factory=pd.DataFrame)
    held: pd.DataFrame = field(default_factory=pd.DataFrame)
    latest: pd.DataFrame = field(default_factory=pd.DataFrame)
    verdicts: pd.DataFrame = field(default_factory=pd.DataFrame)
    places: pd.DataFrame | None = None
    unplaced: str = ""
    seen_on: str = ""
    plan: PlanFound | None = None

    @property
    def not_recognised(self) -> Problem | None:
        """Return what is said of a file that no source recognises."""
        found = [each for each in self.problems.to_dict("records") if each["more"]]
        return Problem(**found[0]) if found else None

    @property
    def changes_nothing(self) -> bool:
        """Return whether the dashboard would show what it shows now."""
        changes = (self.new_periods, self.revised, self.held, self.latest, self.verdicts)
        return all(frame.empty for frame in changes)


def problems_of(error: InputError) -> pd.DataFrame:
    """Return the problems of an error, a row each."""
    return pd.DataFrame([asdict(each) for each in error.problems], columns=_PROBLEM_COLUMNS)


def preview_file(data: DataDir, path: Path, published: date, progress: Progress) -> FilePreview:
    """Return what is in a file and what it would change; store nothing."""
    current = publish.current(data)
    database = current.database if current else ""
    if is_boundaries(path):
        return _preview_of_boundaries(data, path, database)
    try:
        if is_plan_workbook(path):
            return _preview_of_plan(data, path, database)
        with preview(data, path, published=published, progress=progress) as found:
            return _preview_of_figures(path.name, found, database)
    except InputError as error:
        return FilePreview(path.name, database, problems_of(error))


def verdicts_that_change(found: Preview) -> pd.DataFrame:
    """Return targets whose verdict would be another; see `verdicts_between`."""
    try:
        before = Warehouse(found.before)
    except NothingPublishedError:
        return _NO_VERDICTS
    with before, Warehouse(found.after) as after:
        return verdicts_between(before, after)


def verdicts_between(before: Warehouse, after: Warehouse) -> pd.DataFrame:
    """Return targets whose verdict is another in the later of two databases.

    Each is as at the latest month with figures, of its own database.

    Returns:
        plan_id and the columns of `dashboard.analysis.quarter_changes.ChangedVerdict`.
    """
    frames = [_NO_VERDICTS]
    for plan in after.frame("plans")["plan_id"]:
        now, then = (_verdicts_now(each, plan) for each in (after, before))
        if now is not None and then is not None:
            frames.append(changed_verdicts(now, then).assign(plan_id=plan))
    return pd.concat(frames, ignore_index=True)


def _verdicts_now(warehouse: Warehouse, plan: str) -> pd.DataFrame | None:
    if plan not in set(warehouse.frame("plans")["plan_id"]):
        return None
    view = AreaView.of(warehouse, plan)
    try:
        return given_status(view, view.latest_month())
    except NoFiguresError:
        return None


def _preview_of_plan(data: DataDir, path: Path, database: str) -> FilePreview:
    plan = check_plan_workbook(data, path, replace=True)
    found = PlanFound(
        plan.id, plan.title, plan_counts(plan), (data.root / "plans" / plan.id).exists()
    )
    return FilePreview(path.name, database, problems_of(InputError([])), True, plan=found)


def _preview_of_boundaries(data: DataDir, path: Path, database: str) -> FilePreview:
    problems = problems_of_boundaries(path)
    places = pd.DataFrame() if problems else places_in(data, path)
    wrong = problems_of(InputError(problems))
    return FilePreview(path.name, database, wrong, can_be_loaded=not problems, places=places)


def _preview_of_figures(name: str, found: Preview, database: str) -> FilePreview:
    return FilePreview(
        name=name,
        can_be_loaded=any(len(checked.good) or _describes(checked) for checked in found.files),
        sources=pd.DataFrame([_source(checked) for checked in found.files]),
        problems=problems_of(InputError(found.problems)),
        **{name: getattr(found, name) for name in OF_A_PREVIEW},
        verdicts=verdicts_that_change(found),
        database=database,
        unplaced=found.unplaced.sentence(),
        seen_on=seen_in_words(found.seen_on),
    )


def _describes(checked: CheckedFile) -> bool:
    """Return whether a file without figures has what figures are understood by."""
    reading = checked.reading
    return any(len(each) for each in (reading.areas, reading.links, reading.peers))


def _source(checked: CheckedFile) -> dict[str, object]:
    withheld = checked.reading.withheld
    return {
        "title": checked.source.title,
        "publisher": checked.source.publisher,
        "rows_read": checked.reading.rows_read,
        "rows_good": len(checked.good),
        "corrections": corrections_in(checked),
        "rows_rejected": checked.rows_rejected,
        "withheld": sum(withheld.values()),
        "markers": ", ".join(f"{marker} {count:,}" for marker, count in withheld.items()),
    }
