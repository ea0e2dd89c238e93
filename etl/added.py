"""What is asked and said when a file is loaded, whichever way it came."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from etl.console import Speaker
from etl.datadir import DataDir
from etl.problems import InputError
from etl.progress import Stage, Step
from etl.raw import check_to_add, keep_file
from etl.reading import CheckedFile
from etl.seen_on import Seen, seen_for_scripts, seen_in_words, seen_on
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
    """Return how much was found in a file, in a sentence or two."""
    withheld = sum(checked.reading.withheld.values())
    warning = corrections_in(checked)
    return (
        f"{checked.source.title}: {checked.reading.rows_read:,} cells or lines read, "
        f"{len(checked.good):,} figures good, {checked.rows_rejected:,} rejected, "
        f"{withheld:,} withheld by the publisher.{f' {warning}' if warning else ''}"
    )


def corrections_in(checked: CheckedFile) -> str:
    """Return a warning of negative counts in a file that is not officially published; "" for none.

    Of official series they are known to be corrections.
    """
    negative = 0 if checked.source.openly_published else int(checked.good["value"].lt(0).sum())
    counts = "negative count is" if negative == 1 else "negative counts are"
    return f"{negative:,} {counts} taken to correct earlier periods." if negative else ""


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


def add_and_tell(
    speaker: Speaker,
    data: DataDir,
    path: Path,
    *,
    published: date,
    loaded_by: str,
    accept_partial: bool,
    report: Path | None,
) -> list[dict[str, object]]:
    """Keep a file; say before what was found in it, and then where it is to be seen.

    What no partnership will show is kept all the same: the lookup that it waits for may come after
    it. That is said before anything is kept.

    Args:
        speaker: Says it.
        data: The data folder that it is loaded into.
        path: The file.
        published: Its publication date.
        loaded_by: Who loads it.
        accept_partial: Load the good rows of a file that has bad ones.
        report: A CSV for the problems, if one is wanted.

    Returns:
        The same for scripts, one mapping for each source.

    Raises:
        InputError: As `etl.raw.add_file` does; nothing is kept then.
    """
    with speaker.progress() as progress:
        progress(Step(Stage.CHECKING, path.name), 0.1)
        found = check_to_add(data, path, published=published, accept_partial=accept_partial)
    if problems := tuple(problem for checked in found for problem in checked.problems):
        # The JSON document has them too; there is only one.
        Speaker(as_json=False, quiet=speaker.quiet).problems(problems, report)
    for checked in found:
        speaker.say(found_in(checked))
    unknown = [unknown_in(data, [checked]) for checked in found]
    tell_unknown(speaker, pd.concat(unknown, ignore_index=True))
    unplaced = [unplaced_in(data, [checked]) for checked in found]
    for sentence in filter(None, (each.sentence() for each in unplaced)):
        speaker.say(sentence)
    added = keep_file(
        data, path, found, published=published, loaded_by=loaded_by, accept_partial=accept_partial
    )
    seen = seen_on(data, found)
    speaker.say(f"Kept {path.name}. {next_in_words(seen)}")
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
            "in_no_partnership": lost.figures + lost.not_added,
            "seen_on": seen_for_scripts(seen),
        }
        for load, checked, mine, lost in zip(added, found, unknown, unplaced, strict=True)
    ]


def next_in_words(seen: list[Seen]) -> str:
    """Return what comes after a file is kept, and where it is seen then."""
    where = seen_in_words(seen)
    if not where:
        return "Next: safecity build, though no page shows it yet."
    return f"Next: safecity build; now to be seen on: {where}."
