"""The source documents, line by line: where a line stands, and which figures it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Numbering = Literal["", "paragraphs", "table rows", "lettered rows", "list"]

#: Heading of a section (how its line begins), what its places are called, how they are numbered.
Sections = tuple[tuple[str, str, Numbering], ...]

SOUTHAMPTON: Sections = (
    ("ITEM NO", "front", ""),
    ("PART 1:", "Part 1", "paragraphs"),
    ("PART 2:", "Part 2 introduction", "paragraphs"),
    ("Part 3: The Action Plan", "Part 3 introduction", ""),
    ("Our targets for improvement", "Part 3 targets", ""),
    ("Consultation and Analysis", "Part 3 introduction", ""),
    ("REDUCING 'ALL CRIME' ACTION PLAN", "Part 3 general actions", "table rows"),
    ("2. PURPOSE:", "Part 3 management", "table rows"),
    ("REDUCING VIOLENT CRIME: PERFORMANCE", "Appendix 2 violent crime", "table rows"),
    ("REDUCING VIOLENT CRIME IN THE NIGHT", "Part 3 NTE", "table rows"),
    ("REDUCING VIOLENT CRIME", "Part 3 violent crime", "table rows"),
    ("REDUCING REPEAT INCIDENTS OF DOMESTIC", "Part 3 domestic violence", "table rows"),
    ("REDUCING VIOLENCE INVOLVING YOUNG", "Part 3 young people", "table rows"),
    ("\u2018OTHER\u2019 TARGETED ACTIONS", "Part 3 other violent crime", "lettered rows"),
    ("REDUCING CRIMINAL DAMAGE, ARSON AND", "Part 3 criminal damage", "table rows"),
    ("3. PURPOSE: To close", "Part 3 public perception", "table rows"),
    ("APPENDIX 1", "Appendix 1", ""),
    ("Appendix 2", "Appendix 2 general actions", "table rows"),
    ("MANAGEMENT OF THE PARTNERSHIP\t", "Appendix 2 management", "table rows"),
    ("NIGHT TIME ECONOMY\t", "Appendix 2 NTE", "table rows"),
    ("DOMESTIC VIOLENCE\t", "Appendix 2 domestic violence", "table rows"),
    ("VIOLENCE INVOLVING YOUNG PEOPLE\t", "Appendix 2 young people", "table rows"),
    ("OTHER ACTIONS\t", "Appendix 2 other violent crime", "lettered rows"),
    ("REDUCING CRIMINAL DAMAGE, ARSON & ASB", "Appendix 2 criminal damage", "table rows"),
    ("PUBLIC REASSURANCE\t", "Appendix 2 public perception", "table rows"),
    ("Appendix 3", "Appendix 3", "list"),
)
OTHER_BOROUGH: Sections = (
    ("Meeting:", "heading", ""),
    ("Purpose", "Purpose", ""),
    ("Summary", "Summary", ""),
    ("Legal/Financial Implications", "Legal/Financial Implications", ""),
    ("Recommendations", "Recommendations", ""),
    ("1. Background", "1", "paragraphs"),
)

Exceptions = tuple[tuple[str, str], ...]

#: What numbers a line, row or item and states nothing: why, and how it reads.
NUMBERING: Exceptions = (
    ("paragraph, list item or footnote", r"^\s*(?:- )?\d{1,2}(?:\.\d)?\.? (?=[A-Z*])"),
    ("priority in a list", r"^- 2[ab]\. "),
    ("row of a table", r"(?:(?<=\t)|(?<=\. ))\d{1,2}\. (?=[A-Z'])"),
    ("line of Appendix 3", r"^\d{1,2}\.(?=\t)"),
)
#: What else looks like a figure and is none.
NOT_FIGURES: Exceptions = (
    ("day of a date", r"\b\d{1,2} (?=May (?:19|20)\d\d)"),
    ("year, financial year or span of years",
     r"(?<![\d,£])(?:19|20)\d\d(?:\s*[-–/]\s*(?:20)?\d{1,2}\b)?(?!,?\d)"),
    ("month with a year of two digits", r"\b(?:Apr|Dec) \d\d\b"),
    ("quarter of a year", r"\bQ[1-4]\b"),
    ("number of a part, appendix, section or priority",
     r"\b(?:PART|Part|APPENDIX|Appendix|Section|Priority) \d[aAbB]?\b"),
    ("number of a national indicator", r"\bNI ?\d+\b"),
    ("name of a project", r"\bCatch 22\b|\bK2\b"),
    ("year that a project is in, part of its name", r"\b[Yy]ear 3 (?=of)"),
    ("first as part of a name", r"\b[Ff]irst (?:time entrants|aid)\b"),
    ("section of an Act", r"\b[5S]\.17\b"),
    ("reference to rows of an earlier draft", r"\b19 & 20 above"),
    ("sign for times", r"(?<=2 )x(?= SKAA)"),
)  # fmt: skip

#: Places without figures of their own.
NOT_READ = {"front": "item number, version, and page numbers of the contents"}

#: What a draft writes where the figure is still to come: x%, y%, £x.
PLACEHOLDERS = ("x", "y")
NUMBER_WORDS = {
    "first": 1.0, "two": 2.0, "double": 2.0, "bi-annual": 2.0, "second": 2.0, "three": 3.0,
    "third": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0,
    "ten": 10.0, "twelve": 12.0, "half": 50.0,  # as a percentage
}  # fmt: skip
_MULTIPLES = {"": 1, "k": 1_000, "m": 1_000_000}

_FIGURE = re.compile(
    r"(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?P<multiple>[kKM]?)(?=\W|st|nd|rd|th|$)"
    rf"|\b(?P<word>{'|'.join(NUMBER_WORDS)})\b"
    r"|(?<![\w'’-])(?P<placeholder>[xy])(?![\w'’-])",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"(?:- )?(\d{1,2})(\.\d)?(?(2)|\.) ")
_BOX = "Making a difference"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document; `place` is how `published.csv` calls where it stands."""

    number: int
    place: str
    text: str


def lines_with_places(text: str, sections: Sections) -> Iterator[Line]:
    """Yield the lines of a document, each with the place it belongs to."""
    section, numbering, place = "", "", ""
    for number, line in enumerate(text.splitlines(), start=1):
        for heading, name, how in sections:
            if line.startswith(heading):
                section, numbering, place = name, how, name
                break
        else:
            place = _place_of(line, section, numbering) or place
        in_box = numbering == "paragraphs" and line.startswith(_BOX)
        yield Line(number, f"{place} box" if in_box else place, line)


def _place_of(line: str, section: str, numbering: str) -> str:
    """Return the place that begins in this line, or "" when the one before goes on."""
    cells = line.split("\t")
    if numbering == "paragraphs":
        found = _PARAGRAPH.match(line)
        return found[1] + (found[2] or "") if found else ""
    if numbering == "table rows" and len(cells) > 1:
        found = next(filter(None, (re.match(r"(\d{1,2})\. ", cell) for cell in cells)), None)
        return f"{section} {found[1]}" if found else ""
    if numbering == "lettered rows":
        found = re.match(r"([A-F])\. ", line)
        return f"{section} {found[1]}" if found else ""
    if numbering == "list":
        found = re.match(r"(\d{1,2})\.\t", line)
        return f"{section} no. {found[1]}" if found else ""
    return ""


def figures_in_line(line: Line) -> list[float | str]:
    """Return the figures that a line of a document states, in order."""
    return [] if line.place in NOT_READ else figures_in(_without(NUMBERING, line.text))


def figures_in(text: str) -> list[float | str]:
    """Return the figures that some words state, in order; a placeholder is its letter."""
    return [_value(found) for found in _FIGURE.finditer(_without(NOT_FIGURES, text))]


def _without(exceptions: Exceptions, text: str) -> str:
    for _, pattern in exceptions:
        text = re.sub(pattern, " ", text)
    return text


def _value(found: re.Match[str]) -> float | str:
    if found["placeholder"]:
        return found["placeholder"].lower()
    if found["word"]:
        return NUMBER_WORDS[found["word"].lower()]
    return float(found["digits"].replace(",", "")) * _MULTIPLES[found["multiple"].lower()]
