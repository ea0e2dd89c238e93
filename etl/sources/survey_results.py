"""Survey results: a CSV or workbook with one question, area and period a line.

Columns: `area_code`, `question` (the indicator's id, such as ni_21), `period`, `percentage` and
`base` (people who answered, unweighted); optionally `weighted` (yes or no), `design_effect`,
`dont_know` (percent), `national` (percent for England), `lower`, `upper` and `status`.

A line gives `survey:<question>`, with `dont_know` also `survey:<question>_dont_know`, and with
`national` the same question for England (a line of its own with E92000001 does as well). The
`sample_size` of an observation is the effective base, base / design_effect: the size of a simple
random sample that would be as precise (Kish 1965, Survey Sampling, section 8.2). The design effect
goes with it, so that nobody applies another one. Without one it is the base, and of a weighted
percentage a note says that its interval is too narrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from etl.observation import observations
from etl.problems import Problem
from etl.sources import NOTE_COLUMNS, Reading, Source
from etl.sources._csv import ROW_NUMBER, row_problems
from etl.sources._lines import has_columns, numbers, read_lines
from etl.sources._template_table import Columns, Lines
from etl.sources.own_figures import (
    beyond_limits,
    parse_periods,
    parse_status,
    refuse_examples,
    withheld,
)

COLUMNS = Columns(
    sheet="Survey",
    required=("area_code", "question", "period", "percentage", "base"),
    optional=(
        "weighted",
        "design_effect",
        "dont_know",
        "national",
        "lower",
        "upper",
        "status",
    ),
)
PERCENTAGES = ("percentage", "dont_know", "national", "lower", "upper")
ENGLAND = "E92000001"
WEIGHTED = {"": False, "no": False, "n": False, "yes": True, "y": True}

_QUESTION = re.compile(r"[a-z][a-z0-9_]*")
_DONT_KNOW = "_dont_know"
_WHOLE = 100
_NO_DESIGN_EFFECT = (
    "The percentage is weighted and no design effect is given: its interval is narrower than it "
    "should be"
)


def recognises(path: Path) -> bool:
    """Return whether the header of the file names the template's required columns."""
    return has_columns(path, COLUMNS)


def read(path: Path) -> Reading:
    """Read survey results.

    Args:
        path: A CSV or workbook with the template's columns, in any order.

    Returns:
        Observations of the good lines, a problem for everything that is wrong, and a caution for
        weighted percentages without design effect.

    Raises:
        InputError: A column is unknown or doubled, or the file cannot be read as a whole.
    """
    problems: list[Problem] = []
    lines = read_lines(path, COLUMNS, problems)
    refuse_examples(lines, problems)
    periods = parse_periods(lines, ("area_code", "question"), problems)
    table = _parsed(lines, problems).assign(
        period_start=[period and pd.Timestamp(period.start) for period in periods],
        period_kind=[period.kind if period else "" for period in periods],
    )
    for rule in (_questions, _percentages, _fractions, _bases, _design_effects):
        problems.extend(rule(lines, table))
    problems += beyond_limits(lines, table, "percentage", "percentage")
    good = table[~table[ROW_NUMBER].isin({problem.line for problem in problems})]
    answered = good["percentage"].notna()
    rows = observations(_figures(good))
    left_out = lines.table.loc[good.index[~answered], "percentage"]
    return Reading(
        rows,
        rows_read=lines.rows_read,
        rows_used=int(answered.sum()),
        problems=tuple(sorted(problems)),
        withheld=withheld(left_out),
        notes=_notes(good[answered]),
    )


def _parsed(lines: Lines, problems: list[Problem]) -> pd.DataFrame:
    """Return the lines with numbers for text; a column that is left out is blank."""
    blank = pd.Series(float("nan"), index=lines.table.index)
    found = {
        name: numbers(lines, name, problems, percent=name in PERCENTAGES)
        if name in lines.table
        else blank
        for name in (*PERCENTAGES, "base", "design_effect")
    }
    answers = lines.table.get("weighted", pd.Series("", index=lines.table.index, dtype="str"))
    weighted = answers.str.casefold().map(WEIGHTED)
    rule = "this is neither yes nor no"
    wrong = lines.table.assign(weighted=answers)[weighted.isna()]
    problems += row_problems(lines.file, wrong, "weighted", rule, "write yes or no")
    return lines.table.assign(
        **found, status=parse_status(lines, problems), weighted=weighted.eq(True)
    )


def _figures(good: pd.DataFrame) -> pd.DataFrame:
    """Return the observations of the good lines: the answer, the don't knows, the nation's."""
    measure = "survey:" + good["question"]
    effective = good["base"] / good["design_effect"].fillna(1.0)
    answer = good.assign(measure_code=measure, value=good["percentage"], sample_size=effective)
    no_limits = {"lower": float("nan"), "upper": float("nan")}
    dont_know = answer.assign(
        measure_code=measure + _DONT_KNOW, value=good["dont_know"], **no_limits
    )
    nation = answer.assign(
        area_code=ENGLAND,
        value=good["national"],
        sample_size=float("nan"),
        design_effect=float("nan"),
        **no_limits,
    )
    nation = nation.drop_duplicates(["measure_code", "period_start", "period_kind", "value"])
    together = pd.concat([answer, dont_know, nation], ignore_index=True)
    return together.dropna(subset=["value"])


def _notes(good: pd.DataFrame) -> pd.DataFrame:
    weighted = good[good["weighted"] & good["design_effect"].isna()]
    return pd.DataFrame(
        {
            "measure_code": "survey:" + weighted["question"],
            "area_code": weighted["area_code"],
            "period_start": weighted["period_start"]
            .astype("datetime64[s]")
            .dt.strftime("%Y-%m-%d"),
            "effect": "caution",
            "statement": _NO_DESIGN_EFFECT,
        },
        columns=NOTE_COLUMNS,
        dtype="str",
    )


def _questions(lines: Lines, table: pd.DataFrame) -> Iterator[Problem]:
    wrong = ~table["question"].str.fullmatch(_QUESTION)
    rule, advice = "this is not the id of a question", "write an indicator's id, such as ni_21"
    yield from row_problems(lines.file, lines.table[wrong], "question", rule, advice)


def _percentages(lines: Lines, table: pd.DataFrame) -> Iterator[Problem]:
    for column in PERCENTAGES:
        if column in lines.table:
            wrong = table[column].lt(0) | table[column].gt(_WHOLE)
            rule, advice = "a percentage lies between 0 and 100", "correct the percentage"
            yield from row_problems(lines.file, lines.table[wrong], column, rule, advice)


def _fractions(lines: Lines, table: pd.DataFrame) -> Iterator[Problem]:
    """Find files in which 0.25 is written for 25%."""
    stated = table["percentage"].dropna()
    if stated.le(1).all() and stated.gt(0).any():
        wrong = table["percentage"].gt(0) & ~lines.table["percentage"].str.endswith("%")
        rule = "no percentage of this file is above 1: these look like fractions of one"
        advice = "write 25 for a quarter, or 0.25% with its sign for a quarter of one percent"
        yield from row_problems(lines.file, lines.table[wrong], "percentage", rule, advice)


def _bases(lines: Lines, table: pd.DataFrame) -> Iterator[Problem]:
    wrong = table["base"].le(0) | table["base"].mod(1).gt(0)
    rule, advice = (
        "the base is not a number of people",
        "write how many people answered, unweighted",
    )
    yield from row_problems(lines.file, lines.table[wrong], "base", rule, advice)


def _design_effects(lines: Lines, table: pd.DataFrame) -> Iterator[Problem]:
    if "design_effect" in lines.table:
        rule = "a design effect is above 0"
        advice = "write how many times larger the variance is than of a simple random sample"
        wrong = lines.table[table["design_effect"].le(0)]
        yield from row_problems(lines.file, wrong, "design_effect", rule, advice)


SOURCE = Source(
    source_id="survey_results",
    title="survey results (template, CSV or workbook)",
    publisher="the partnership",
    licence="the partnership's own",
    landing_page="",
    cadence="whenever a survey is reported",
    recognises=recognises,
    read=read,
    csv_columns=COLUMNS.required,
    short_name="partnership's own",
)
