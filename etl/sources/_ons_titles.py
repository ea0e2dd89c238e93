"""Titles of the tables in an ONS workbook: sheets are known by them, since sheet names vary."""

from __future__ import annotations

import re

from etl.sources._workbook import Sheet

#: Title and header stand in the first rows of a sheet; this many are searched.
TOP_ROWS = 50
LAYOUT_HINT = "download the workbook again; if its layout is new, ask for the source to be extended"


def only_title(sheet: Sheet, words: re.Pattern[str]) -> str:
    """Return the title of a sheet's table; "" where it has none, or lists several (contents).

    Args:
        sheet: The sheet.
        words: What a title begins with.
    """
    top = sheet.cells.head(TOP_ROWS)
    titles = {text for column in top for text in top[column] if words.match(text)}
    return titles.pop() if len(titles) == 1 else ""
