"""Whether the guided start is due, and its words."""

from __future__ import annotations

import pandas as pd

TITLE = "Your own figures in three steps"
INVITATION = "New here? These figures are made up. Three steps bring your own."
CHOOSE = (
    "Every partnership of England and Wales is known here by its code. Find yours: the code "
    "goes into your files, so that figures and targets meet."
)
LOAD = (
    "If you have a workbook of the Office for National Statistics, the Home Office, police.uk or "
    "the Metropolitan Police, load it as it is. For figures that you count yourselves, take a "
    "template, fill it in, and delete its example row. A file is checked before anything is kept, "
    "and what is wrong is said line by line."
)
WRITE = (
    "A target says what an indicator is to come to, from when and by when. Choose each part here; "
    "before it is saved it is read back to you in one sentence. It goes into a plan of your own, "
    "and every page then holds your figures against it."
)
TEMPLATES = (
    ("figures", "xlsx", "Figures you count, for Excel"),
    ("figures", "csv", "Figures you count, as CSV"),
    ("survey", "xlsx", "Survey results, for Excel"),
    ("survey", "csv", "Survey results, as CSV"),
)
"""Kind, format and label of each template offered."""


def is_first_use(loads: pd.DataFrame, plans: pd.DataFrame, made_up_areas: set[str]) -> bool:
    """Return whether nothing of a partnership's own is there yet.

    Args:
        loads: The query of that name.
        plans: The query of that name.
        made_up_areas: Codes of the areas that have made-up figures.

    Returns:
        True while every load is illustrative, and no plan is for an area that has none of them.
    """
    if not bool(loads["illustrative"].all()):
        return False
    own = plans[plans["area_code"].ne("") & ~plans["area_code"].isin(made_up_areas)]
    return own.empty


def write_words(folder: str) -> str:
    """Return how a target is written by hand, before the files that show it."""
    return (
        f"A plan is a folder of two short text files. Save both in data/plans/{folder}, change "
        "them to what your plan says, and run `safecity check` and then `safecity build`. What "
        "your plan leaves open you leave open too: goal = not_given is shown as not given and "
        "never guessed."
    )
