"""`safecity check`: what is wrong with a file, and what it would change on the dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from dashboard.intake.file_preview import verdicts_that_change
from dashboard.metrics.reasons import Reason
from dashboard.words.as_json import as_json
from dashboard.words.reasons import reason_in_words
from etl import cli as etl_cli
from etl.added import SHOWN, found_in, publication_date, tell_unknown
from etl.command_options import (
    DEFAULT_DATA_DIR,
    DataDirOption,
    ExitCode,
    JsonOption,
    MoreOption,
    PublishedOption,
    QuietOption,
    ReportOption,
)
from etl.console import Speaker
from etl.datadir import DataDir
from etl.plan_folder import check_plan_workbook, plan_counts, plan_in_words
from etl.plan_workbook import is_plan_workbook
from etl.preview import Preview, preview
from etl.seen_on import seen_for_scripts, seen_in_words

_CHANGES = {
    "area": "area_name", "indicator": "indicator_id", "source": "source_id", "change": "change",
    "from": "period_before", "value": "value_before", "to": "period", "value now": "value",
}  # fmt: skip
_REVISED = {
    "area": "area_code", "measure": "measure_code", "source": "source_id", "period": "period_start",
    "was": "previous_value", "is": "value",
}  # fmt: skip
_NEW = {
    "indicator": "indicator_id", "source": "source_id", "areas": "areas",
    "new periods": "new_periods",
}  # fmt: skip
_VERDICTS = {"plan": "plan_id", "target": "target_id", "was": "status_before", "is": "status",
             "why": "reason"}  # fmt: skip
_HELD = {"area": "area_code", "measure": "measure_code", "source": "source_id",
         "period": "period_start", "why": "reason"}  # fmt: skip
_TABLES = {
    "new_periods": ("New periods", _NEW),
    "revised": ("Revised figures", _REVISED),
    "held": ("Held as suspected gaps", _HELD),
    "latest": ("Latest values that change", _CHANGES),
    "verdicts": ("Verdicts that change", _VERDICTS),
}


def check(
    file: Annotated[Path | None, typer.Argument(help="A file; or everything, if none.")] = None,
    published: PublishedOption = None,
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    report: ReportOption = None,
    more: MoreOption = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Say what is wrong with a file and what it would change; or with all there is."""
    del more  # read by reports_problems
    if file is None:
        etl_cli.check(data_dir=data_dir, report=report, as_json=as_json, quiet=quiet)
        return
    speaker = Speaker(as_json=as_json, quiet=quiet)
    if is_plan_workbook(file):
        plan = check_plan_workbook(DataDir(data_dir), file, replace=True)
        speaker.say(plan_in_words(plan))
        speaker.result({"plan": plan.id} | plan_counts(plan))
        return
    day = publication_date(file.name, published) if published else date.today()  # noqa: DTZ011
    data = DataDir(data_dir)
    with speaker.progress() as progress:
        comparison = preview(data, file, published=day, progress=progress)
        with comparison as found:
            verdicts = verdicts_that_change(found)
    _tell(speaker, found, verdicts)
    speaker.result(_document(found, verdicts))
    if found.problems:
        # The JSON document has them too; there is only one.
        Speaker(as_json=False, quiet=quiet).problems(found.problems, report)
        raise typer.Exit(ExitCode.INPUT)


def _tell(speaker: Speaker, found: Preview, verdicts: pd.DataFrame) -> None:
    for checked in found.files:
        speaker.say(found_in(checked))
    if not found.published_before:
        speaker.say("Nothing is published yet: all of it would be new.")
    if found.unknown.empty:
        speaker.say("Not known: none.")
    tell_unknown(speaker, found.unknown)
    if sentence := found.unplaced.sentence():
        speaker.say(sentence)
    frames = {name: getattr(found, name) for name in _TABLES if name != "verdicts"}
    tell_changes(speaker, frames | {"verdicts": verdicts})
    if where := seen_in_words(found.seen_on):
        speaker.say(f"To be seen on: {where}.")
    if not found.problems:
        speaker.say("Nothing wrong.")


def tell_changes(speaker: Speaker, changes: Mapping[str, pd.DataFrame]) -> None:
    """Say what differs between two databases.

    Args:
        speaker: Says it.
        changes: Of `etl.preview.changes_between`, and `verdicts`.
    """
    for name, (title, columns) in _TABLES.items():
        _table(speaker, title, changes[name], columns)


def _table(speaker: Speaker, title: str, frame: pd.DataFrame, columns: dict[str, str]) -> None:
    if frame.empty:
        speaker.say(f"{title}: none.")
        return
    more = f" (the first {SHOWN} of {len(frame):,})" if len(frame) > SHOWN else ""
    rows = frame[list(columns.values())].head(SHOWN).to_numpy().tolist()
    speaker.table(f"{title}{more}", list(columns), [[_text(cell) for cell in row] for row in rows])


def _text(cell: object) -> str:
    if isinstance(cell, Reason):
        return reason_in_words(cell)
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m}"
    if isinstance(cell, float):
        return "" if pd.isna(cell) else f"{cell:,.6g}"
    return str(cell)


def _document(found: Preview, verdicts: pd.DataFrame) -> dict[str, object]:
    document = {
        "sources": [
            {
                "source": checked.source.source_id,
                "rows_read": checked.reading.rows_read,
                "rows_good": len(checked.good),
                "rows_rejected": checked.rows_rejected,
                "rows_withheld": sum(checked.reading.withheld.values()),
            }
            for checked in found.files
        ],
        "problems": [problem.to_dict() for problem in found.problems],
        "unknown": found.unknown,
        "in_no_partnership": found.unplaced.figures + found.unplaced.not_added,
        "seen_on": seen_for_scripts(found.seen_on),
        "new_periods": found.new_periods,
        "revised": found.revised,
        "held": found.held,
        "latest": found.latest,
        "verdicts": verdicts,
    }
    return as_json(document)
