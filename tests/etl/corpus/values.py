"""Values that cannot be, or can be read in two ways, in files of a right layout."""

from __future__ import annotations

from pathlib import Path

from tests.etl.corpus.kind import loaded, refused
from tests.etl.corpus.material import FIGURES, HEADER, SERIES, SURVEY, Material

LINE = f"{SERIES},2009-12,31"


@loaded(2)
def negative_count(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},2010-01,-4")


@refused("not a number", good=1)
def infinities(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},2010-01,inf", f"{SERIES},2010-02,-Infinity")


@refused("shortened", good=1)
def number_beyond_all_numbers(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},2010-01,1e309")


@refused("too large", good=1)
def number_of_400_digits(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},2010-01,{'9' * 400}")


@refused("not a number", good=1)
def text_nan(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},2010-01,NaN", f"{SERIES},2010-02,NULL")


@refused("not a number", good=1)
def digits_of_another_script(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},2010-01,\u0663\u0661")


@refused("between 0 and 100", good=0)
def percent_over_100(m: Material) -> Path:
    return m.write("survey.csv", SURVEY.replace(",25,", ",125,"))


@refused("fractions of one", good=0)
def fractions_for_percentages(m: Material) -> Path:
    return m.write("survey.csv", SURVEY.replace(",25,", ",0.25,"))


@refused("not a period", good=1)
def year_0000(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},0000-01,4")


@refused("not a period|after the file was published", good=1)
def year_9999(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},9999-12,4", f"{SERIES},9999/00,4")


@refused("not a period", good=1)
def month_13(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},2010-13,4")


@refused("not a period", good=1)
def leap_day_of_no_leap_year(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},2009-02-29,4", f"{SERIES},29/02/2010,4")


@refused("or as", good=0)
def month_or_financial_year(m: Material) -> Path:
    return m.figures(f"{SERIES},2009-10,4")


@refused("after the file was published", good=1)
def future_period(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},2026-01,4")


@loaded(2)
def duplicates_that_agree(m: Material) -> Path:
    return m.figures(LINE, LINE)


@refused("twice with different values", good=0)
def duplicates_that_differ(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},Dec-09,32")


@refused("no area has this code", good=1)
def unknown_area(m: Material) -> Path:
    return m.figures(LINE, "E22999999,local:robbery,2009-12,4")


@refused("no area has this code", good=1)
def area_name_instead_of_its_code(m: Material) -> Path:
    return m.figures(LINE, "Southampton,local:robbery,2009-12,4")


@loaded(1)
def trailing_blanks_in_codes(m: Material) -> Path:
    return m.figures("E22000120  , local:robbery ,2009-12 , 4 ")


@refused("no area has this code", good=1)
def no_break_space_within_a_code(m: Material) -> Path:
    return m.figures(LINE, "E220\u00a000120,local:robbery,2009-12,4")


@refused("no area has this code", good=1)
def lower_case_codes(m: Material) -> Path:
    return m.figures(LINE, "e22000120,local:robbery,2009-12,4")


@refused("not the code of a measure", good=1)
def measure_without_its_scheme(m: Material) -> Path:
    return m.figures(LINE, "E22000120,Robbery,2009-12,4")


@refused("not a number", good=1)
def footnotes_stuck_on_numbers(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},2010-01,28*", f"{SERIES},2010-02,40 (3)")


@loaded(1)
def markers_in_place_of_figures(m: Material) -> Path:
    marked = [
        f"{SERIES},2010-0{n},{each}" for n, each in enumerate(("[x]", "[u1]", "[C]", ".."), 1)
    ]
    return m.figures(LINE, *marked)


@refused("not a number", good=1)
def a_dash_for_nothing(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},2010-01,-")


@refused("no area has this code|not a period", good=1)
def subtotals_among_rows(m: Material) -> Path:
    return m.figures(LINE, "Total,local:assaults_hospital_ed,2009/10,31")


@refused("not a number|not the code of a measure|not a period", good=1)
def csv_injection(m: Material) -> Path:
    return m.figures(
        LINE, f"{SERIES},2010-01,=cmd|' /C calc'!A0", f"{SERIES},@SUM(1+9),4", "=1+1,+2,-3,@4"
    )


@refused("example row", good=0)
def example_row_left_in(m: Material) -> Path:
    return m.figures("EXAMPLE E22000120,local:robbery,2009-12,4")


@refused("between its limits", good=0)
def figure_outside_its_limits(m: Material) -> Path:
    return m.figures(f"{LINE},35,40", header=f"{HEADER},lower,upper")


@refused("not a status", good=0)
def unknown_status(m: Material) -> Path:
    return m.figures(f"{LINE},perhaps", header=f"{HEADER},status")


@refused("not a number of people", good=0)
def base_of_nobody(m: Material) -> Path:
    return m.write("survey.csv", SURVEY.replace(",1100", ",0"))


@refused("not a number", good=2)
def value_of_two_lines(m: Material) -> Path:
    return m.write("figures.csv", FIGURES.replace(",28", ',"2\n8"'))


@refused("not a number", good=1)
def currency_and_units(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},2010-01,\u00a328", f"{SERIES},2010-02,28 people")
