"""What is asked and said when a file is loaded, whichever way it came."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from etl.console import Speaker
from etl.datadir import DataDir
from etl.manifest import Load
from etl.problems import InputError
from etl.reading import CheckedFile
from etl.unknown import unknown_in
from etl.unplaced import unplaced_in

#: Rows of a table in the terminal; scripts get all.
SHOWN = 20


def publication_date(file: str, text: str | None) -> date:
    """Return the publication date that a person gave.

    Args:
        file: The file that it is of, as problems name it.
        text: YYYY-MM-DD, or None where nothing was given.

    Raises:
        InputError: It was not given, or is not a date.
    """
    what_to_do = "give the day it was published, such as --published 2025-04-24"
    if text is None:
        raise InputError.of(file, "its publication date is not known", what_to_do)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError.of(file, "this is not a date", what_to_do, value=text) from None


def found_in(checked: CheckedFile) -> str:
    """Return how much was found in a file, as a sentence."""
    withheld = sum(checked.reading.withheld.values())
    return (
        f"{checked.source.title}: {checked.reading.rows_read:,} cells or lines read, "
        f"{len(checked.good):,} figures good, {checked.rows_rejected:,} rejected, "
        f"{withheld:,} withheld by the publisher."
    )


def tell_unknown(speaker: Speaker, unknown: pd.DataFrame, shown: int = SHOWN) -> None:
    """Say which areas and measures are loaded but on no page, with the nearest that is known.

    Args:
        speaker: Says it.
        unknown: As `etl.unknown.unknown_in` gives it.
        shown: How many are said; scripts get all.
    """
    if unknown.empty:
        return
    more = f" (the first {shown} of {len(unknown):,})" if len(unknown) > shown else ""
    head = {"what": "", "value": "code", "rows": "rows"}
    if unknown["nearest"].ne("").any():
        head |= {"nearest": "did you mean", "nearest_name": "which is"}
    rows = unknown.head(shown)[list(head)].astype("str").to_numpy().tolist()
    speaker.table(
        f"Loaded, but on no page: nothing here has these codes{more}",
        list(head.values()),
        rows,
    )
    speaker.say("Their figures are kept, and an indicator made of them later has them.")


def tell_added(
    speaker: Speaker, data: DataDir, added: list[tuple[Load, CheckedFile]], report: Path | None
) -> list[dict[str, object]]:
    """Say what was loaded, what was left out of it, and what in it means nothing here.

    Args:
        speaker: Says it.
        data: The data folder that it was loaded into.
        added: What was loaded, by source.
        report: A CSV for the problems, if one is wanted.

    Returns:
        The same for scripts, one mapping for each source.
    """
    problems = tuple(problem for _, checked in added for problem in checked.problems)
    if problems:
        # The JSON document has them too; there is only one.
        Speaker(as_json=False, quiet=speaker.quiet).problems(problems, report)
    for _, checked in added:
        speaker.say(found_in(checked))
    unknown = [unknown_in(data, [checked]) for _, checked in added]
    tell_unknown(speaker, pd.concat(unknown, ignore_index=True))
    unplaced = [unplaced_in(data, [checked]) for _, checked in added]
    for sentence in filter(None, (each.sentence() for each in unplaced)):
        speaker.say(sentence)
    speaker.say("Next: safecity build")
    return [
        {
            "file_id": load.file_id,
            "source": load.source_id,
            "published": load.published,
            "rows_read": checked.reading.rows_read,
            "rows_good": len(checked.good),
            "rows_rejected": checked.rows_rejected,
            "rows_withheld": sum(checked.reading.withheld.values()),
            "problems": [problem.to_dict() for problem in checked.problems],
            "unknown": mine.to_dict("records"),
            "in_no_partnership": lost.figures,
        }
        for (load, checked), mine, lost in zip(added, unknown, unplaced, strict=True)
    ]
