"""Text files: encodings, line ends, separators, quotes, and lines that do not fit their header."""

from __future__ import annotations

from pathlib import Path

from tests.etl.corpus.kind import loaded, refused
from tests.etl.corpus.material import (
    CENSUS,
    FIGURES,
    HEADER,
    LOOKUP,
    OPEN_DATA,
    PEERS,
    ROLLING,
    SERIES,
    Material,
)

LINE = f"{SERIES},2009-12,31"
NOTHING_KNOWN = "no source recognises|is no CSV or workbook"


@loaded(3)
def utf_16_with_mark(m: Material) -> Path:
    return m.write("figures.csv", FIGURES.encode("utf-16"))


@loaded(3)
def utf_16_big_endian_with_tabs(m: Material) -> Path:
    text = FIGURES.replace(",", "\t").encode("utf-16-be")
    return m.write("figures.txt", b"\xfe\xff" + text)


@refused("UTF-16 without its mark")
def utf_16_without_mark(m: Material) -> Path:
    return m.write("figures.csv", FIGURES.encode("utf-16-le"))


@refused("not whole UTF-16")
def utf_16_cut_within_a_letter(m: Material) -> Path:
    return m.write("figures.csv", FIGURES.encode("utf-16")[:-1])


@refused("not UTF-8")
def windows_1252(m: Material) -> Path:
    return m.write(
        "figures.csv", f"{FIGURES}E22000120,local:caf\u00e9,2009-12,5\n".encode("cp1252")
    )


@refused("not UTF-8", real=True)
def windows_1252_official_table(m: Material) -> Path:
    text = "\n".join(m.head(CENSUS)).replace("Cornwall", "Cornw\u00e4ll")
    return m.write("census.csv", text.encode("cp1252"))


@loaded(3)
def utf_8_mark(m: Material) -> Path:
    return m.write("figures.csv", FIGURES.encode("utf-8-sig"))


@refused("not a number", good=2)
def byte_order_mark_in_the_middle(m: Material) -> Path:
    return m.write("figures.csv", FIGURES.replace(",28", ",\ufeff28"))


@refused("not the code of a measure|line has", good=3)
def two_files_one_after_the_other(m: Material) -> Path:
    second = "\ufeff" + FIGURES.replace("2009", "2008")
    return m.write("figures.csv", f"{HEADER}\n{second}")


@loaded(3)
def line_ends_of_carriage_returns_only(m: Material) -> Path:
    return m.write("figures.csv", FIGURES.replace("\n", "\r"))


@loaded(3)
def mixed_line_ends(m: Material) -> Path:
    return m.write("figures.csv", FIGURES.replace("\n", "\r\n", 2).replace("28\n", "28\r"))


@refused("not a number", good=2)
def nul_within_a_number(m: Material) -> Path:
    return m.write("figures.csv", FIGURES.replace("28", "2\x008"))


@refused("no source recognises|holds no text")
def nothing_but_nul_bytes(m: Material) -> Path:
    return m.write("figures.csv", bytes(4096))


@refused("not a number", good=1)
def unclosed_quote(m: Material) -> Path:
    return m.write("figures.csv", FIGURES.replace("2010-01,28", '2010-01,"28'))


@refused("line has", good=1)
def ragged_rows(m: Material) -> Path:
    return m.figures(LINE, f"{SERIES},2010-01", f"{SERIES},2010-02,4,5,6")


@refused("line has 5 values", good=0)
def thousands_separators_without_quotes(m: Material) -> Path:
    return m.figures(f"{SERIES},2009-12,1,234")


@loaded(1)
def thousands_separators_in_quotes(m: Material) -> Path:
    return m.figures(f'{SERIES},2009-12,"1,234"')


@refused("decimal comma", good=0)
def decimal_commas(m: Material) -> Path:
    return m.write("figures.csv", f"{HEADER},lower\n{SERIES},2009-12,12,5\n".replace(",", ";")
                   .replace("12;5", "12,5;1"))  # fmt: skip


@refused("can be read as 1234 or as 1.234", good=0)
def decimal_comma_or_thousands(m: Material) -> Path:
    return m.write("figures.csv", f"{HEADER}\n{SERIES},2009-12,X\n".replace(",", ";")
                   .replace("X", "1,234"))  # fmt: skip


@refused("empty")
def empty_file(m: Material) -> Path:
    return m.write("figures.csv", "")


@refused("no line below the header|no figure|nothing below")
def header_only(m: Material) -> Path:
    return m.write("figures.csv", HEADER + "\n")


@refused("no source recognises|holds no text")
def only_blanks(m: Material) -> Path:
    return m.write("figures.csv", " \n\t\n , , ,\n" * 20)


@refused("no source recognises")
def missing_header(m: Material) -> Path:
    return m.write("figures.csv", FIGURES.partition("\n")[2])


@refused("stands twice")
def duplicated_header(m: Material) -> Path:
    return m.figures(f"{LINE},31", header=f"{HEADER},value")


@refused("no such column")
def unknown_column(m: Material) -> Path:
    return m.figures(f"{LINE},red", header=f"{HEADER},colour")


@refused("no source recognises")
def header_split_over_two_rows(m: Material) -> Path:
    return m.write("figures.csv", FIGURES.replace(HEADER, "area,measure,,\ncode,code,period,value"))


@refused("line has", good=3)
def title_lines_above_the_header_and_a_footnote_below(m: Material) -> Path:
    return m.write("figures.csv", f"{FIGURES}Source: Southampton City Council\n")


@refused("line has", good=0, real=True)
def shifted_rows_of_a_lookup(m: Material) -> Path:
    lines = m.head(LOOKUP, 3)
    return m.lines([*lines[:2], "," + lines[2]], "lookup.csv")


@refused("not a count|not an amount|not a number", good=18, real=True)
def shifted_cells_of_a_census(m: Material) -> Path:
    lines = m.head(CENSUS, 11)
    cells = lines[5].split(",")
    return m.lines([*lines[:5], ",".join([*cells[:3], "x", *cells[3:7]]), *lines[6:]], "census.csv")


@refused("number|month|code|quarter|area", real=True, good=0)
def swapped_columns_of_open_data(m: Material) -> Path:
    lines = [line.split(",") for line in m.head(OPEN_DATA, 3)]
    swapped = [lines[0], *([c[1], c[0], c[7], *c[3:7], c[2]] for c in lines[1:])]
    return m.lines([",".join(cells) for cells in swapped], "open.csv")


@refused("cut short|line has", good=0, real=True)
def truncated_within_a_line(m: Material) -> Path:
    text = "\n".join(m.head(PEERS, 30))
    return m.write("peers.csv", text[: len(text) - 25])


@refused("not a CSV", real=True)
def unclosed_quote_in_an_official_table(m: Material) -> Path:
    lines = m.head(ROLLING, 12)
    return m.lines([*lines[:4], lines[4].replace(",South", ',"South'), *lines[5:]], "rolling.csv")


@refused("marker of a conflict|line has", good=3)
def left_overs_of_a_merge_conflict(m: Material) -> Path:
    return m.write("figures.csv", FIGURES + "<<<<<<< HEAD\n")
