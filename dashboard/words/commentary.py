"""What partners wrote, in the words it is shown with."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pandas as pd

from dashboard.charts.wording import day_text

#: Meetings are held, and entries written, by British clocks.
CLOCK = ZoneInfo("Europe/London")
_TIMES = {0: "", 1: "amended once", 2: "amended twice"}


def byline(entry: pd.Series) -> str:
    """Return who wrote an entry and when: "A. Officer, police, 3 December 2009, 14:05".

    Args:
        entry: A row of `Commentary.current` or of `Commentary.history`.
    """
    written = entry["written_at"].tz_convert(CLOCK)
    who = [entry["author"], entry["agency"], day_text(written), f"{written:%H:%M}"]
    times = int(entry.get("amended", 0))
    return ", ".join([*filter(None, who), *filter(None, [_TIMES.get(times, f"amended {times}×")])])


def rivals_text(entry: pd.Series) -> str:
    """Return what is said of an entry that several people amended at once; "" for others."""
    if not entry["rivals"]:
        return ""
    return (
        "Several people amended this entry at the same time, and every version is shown. Amend the "
        "one to keep, and withdraw the others."
    )


def history_table(history: pd.DataFrame) -> pd.DataFrame:
    """Return every version as a table: When, Who, Heading, Text.

    Args:
        history: Of `Commentary.history`, with the heading in words.
    """
    bodies = history["body"].mask(history["body"].eq(""), "(withdrawn)")
    return pd.DataFrame(
        {
            "Written": [byline(row) for _, row in history.iterrows()],
            "Heading": history["heading"],
            "Text": bodies,
        }
    )
