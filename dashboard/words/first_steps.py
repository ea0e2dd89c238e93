"""The words of the first minute and of the guided start."""

from __future__ import annotations

TITLE = "Your own figures in three steps"
WHICH = "Which partnership are you?"
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


def write_words(folder: str) -> str:
    """Return how a target is written by hand, before the files that show it."""
    return (
        f"A plan is a folder of two short text files. Save both in data/plans/{folder}, change "
        "them to what your plan says, and run `safecity check` and then `safecity build`. What "
        "your plan leaves open you leave open too: goal = not_given is shown as not given and "
        "never guessed."
    )
