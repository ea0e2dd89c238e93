"""Official tables, changed as their publishers or the people between change them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.etl.corpus.kind import loaded, refused
from tests.etl.corpus.material import (
    BOROUGHS,
    CENSUS,
    CSP_SHEETS,
    ESTIMATES,
    LOOKUP,
    MONTHLY,
    OPEN_DATA,
    PEERS,
    ROLLING,
    STREET,
    Material,
    Rows,
)

COUNTS = CSP_SHEETS[0]


def _changed(m: Material, change: Callable[[Rows], object], sheet: str = COUNTS) -> Path:
    """Return the real workbook's first areas with a change to one sheet."""
    sheets = {name: [[*row] for row in rows] for name, rows in m.csp.items()}
    change(sheets[sheet])
    return m.workbook(sheets)


def _header(rows: Rows) -> int:
    return next(n for n, row in enumerate(rows) if sum(cell is not None for cell in row) > 5)


def _texts(m: Material, name: str, old: str, new: str, lines: int = 12) -> Path:
    found = m.head(name, lines)
    text = "\n".join(found)
    assert old in text, f"{name} has no {old}"
    return m.write(Path(name).name, text.replace(old, new) + "\n")


@loaded(478, real=True)
def partnership_workbook_as_it_is(m: Material) -> Path:
    return m.workbook(m.csp)


@loaded(478, real=True)
def partnership_sheets_renamed(m: Material) -> Path:
    return m.workbook({f"{n} final (2) ": rows for n, rows in enumerate(m.csp.values())})


@refused("no sheet counts", good=248, real=True)
def partnership_sheet_of_a_year_deleted(m: Material) -> Path:
    return m.workbook({name: rows for name, rows in m.csp.items() if name != CSP_SHEETS[3]})


@refused("no row has the headings|no column", good=248, real=True)
def partnership_header_deleted(m: Material) -> Path:
    return _changed(m, lambda rows: rows.pop(_header(rows)))


@refused("two columns have this heading", good=458, real=True)
def partnership_heading_doubled(m: Material) -> Path:
    def double(rows: Rows) -> None:
        header = rows[_header(rows)]
        header[-1] = header[-2]

    return _changed(m, double)


@refused(".", good=455, real=True)
def partnership_row_shifted(m: Material) -> Path:
    def shift(rows: Rows) -> None:
        row = rows[_header(rows) + 3]
        rows[_header(rows) + 3] = [None, *row[:-1]]

    return _changed(m, shift)


@refused("number", good=477, real=True)
def partnership_figure_with_a_footnote(m: Material) -> Path:
    def foot(rows: Rows) -> None:
        rows[_header(rows) + 3][-1] = "1,234 (r)"

    return _changed(m, foot)


@refused("no partnership has this name|name", good=0, real=True)
def borough_unknown(m: Material) -> Path:
    return _texts(m, BOROUGHS, "Barking and Dagenham", "Barking on Sea")


@refused("no month", real=True)
def borough_month_13(m: Material) -> Path:
    return _texts(m, BOROUGHS, "201012", "201013")


@refused("no force has this name", good=0, real=True)
def force_unknown(m: Material) -> Path:
    return _texts(m, ROLLING, "Avon and Somerset", "Avonshire")


@refused("offence|category", good=10, real=True)
def crime_type_unknown(m: Material) -> Path:
    return _texts(m, ROLLING, "Bicycle theft", "Broomstick theft")


@loaded(11, real=True)
def offence_code_unknown(m: Material) -> Path:
    return _texts(m, OPEN_DATA, ",80,", ",999Z,")


@refused("quarter|year", good=1, real=True)
def quarter_five(m: Material) -> Path:
    return _texts(m, OPEN_DATA, "2017/18,1,Avon", "2017/18,5,Avon")


@refused("date|day", good=0, real=True)
def year_ending_30_february(m: Material) -> Path:
    return _texts(m, ROLLING, "31-03-2003", "30-02-2003")


@refused("not the code", good=20, real=True)
def census_of_lower_case_codes(m: Material) -> Path:
    return _texts(m, CENSUS, "E08000035", "e08000035")


@refused("not a count", good=20, real=True)
def census_of_half_a_person(m: Material) -> Path:
    return _texts(m, CENSUS, "1073045", "1073045.5")


@refused("not a year", real=True, good=0)
def estimates_of_no_year(m: Material) -> Path:
    return _texts(m, ESTIMATES, "population,2011", "population,20l1")


@refused("its own neighbour", good=0, real=True)
def neighbour_of_itself(m: Material) -> Path:
    return _texts(m, PEERS, "Westminster", "City of London")


@refused("not the code of an area", good=0, real=True)
def lookup_with_names_in_place_of_codes(m: Material) -> Path:
    return _texts(m, LOOKUP, "E05009861", "Ladgate")


@refused("no district has this name", good=0, real=True)
def district_unknown(m: Material) -> Path:
    return _texts(m, MONTHLY, "(no location)", "Atlantis")


@refused("not a month", good=8, real=True)
def street_record_of_month_13(m: Material) -> Path:
    lines = m.head(STREET)
    return m.lines([*lines[:-1], lines[-1].replace("2025-01", "2025-13")], "street.csv")


@refused("not a month", good=0, real=True)
def street_columns_shifted(m: Material) -> Path:
    lines = m.head(STREET)
    header, *records = (line.split(",") for line in lines)
    return m.lines([",".join(header), *(",".join([r[-1], *r[:-1]]) for r in records)], "street.csv")


@refused("after the file was published", good=0, real=True)
def street_month_of_the_future(m: Material) -> Path:
    return _texts(m, STREET, "2025-01", "2027-01")
