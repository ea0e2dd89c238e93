"""What partners write is kept whole: every version, both of two amendments, from any process."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.store.commentary import (
    HEADINGS,
    LONGEST_BODY,
    Commentary,
    Entry,
    Subject,
)
from dashboard.store.partner_records import URL_SETTING, RecordError
from etl.datadir import DataDir

ROOT = Path(__file__).resolve().parents[3]
ABOUT = Subject("E22000120", "all_crime", "Q3 2009/10")
POSTGRES = "SAFECITY_TEST_POSTGRES"
#: Writes ten entries from a process of its own.
WRITER = """
import sys
from pathlib import Path
from dashboard.store.commentary import Commentary, Entry, Subject
from dashboard.store.partner_records import URL_SETTING, RecordError
from etl.datadir import DataDir
store = Commentary(DataDir(Path(sys.argv[1])))
for number in range(10):
    about = Subject("E22000120", "all_crime", "Q3 2009/10")
    store.write(about, Entry("did", f"{sys.argv[2]} {number}", sys.argv[2]))
"""


@pytest.fixture
def store(open_records):
    return open_records(Commentary)


def written(store, body="Patrols on Friday nights.", **fields):
    (kept,) = store.write(
        ABOUT, Entry(**{"heading": "did", "author": "A. Officer", "body": body} | fields)
    )
    return kept


def test_an_entry_is_kept_with_author_agency_and_time(store):
    written(store, agency="police")
    (entry,) = store.current(ABOUT).to_dict("records")
    assert (entry["author"], entry["agency"], entry["heading"]) == ("A. Officer", "police", "did")
    assert str(entry["written_at"].tz) == "UTC"
    assert (entry["amended"], entry["rivals"]) == (0, 0)


def test_an_amendment_stands_in_the_place_of_the_first_and_both_are_kept(store):
    first = written(store)
    written(store, "A second entry.")
    written(store, "Patrols on Friday and Saturday nights.", replaces=first)
    current = store.current(ABOUT)
    assert list(current["body"]) == ["Patrols on Friday and Saturday nights.", "A second entry."]
    assert list(current["amended"]) == [1, 0]
    assert len(store.history(ABOUT)) == 3


def test_two_who_amend_the_same_entry_lose_nothing(store):
    first = written(store)
    mine = written(store, "Mine.", author="A", replaces=first)
    written(store, "Yours.", author="B", replaces=first)
    written(store, "Mine, better.", author="A", replaces=mine)
    current = store.current(ABOUT)
    assert set(current["body"]) == {"Mine, better.", "Yours."}
    assert list(current["rivals"]) == [1, 1]


def test_of_entries_written_together_all_are_kept_or_none(store):
    said, longer = Entry("said", "Fewer.", "A"), Entry("did", "x" * (LONGEST_BODY + 1), "A")
    with pytest.raises(RecordError, match="longer than"):
        store.write(ABOUT, said, longer)
    assert store.history(ABOUT).empty
    assert len(store.write(ABOUT, said, Entry("did", "Patrols.", "A"))) == 2
    assert list(store.current(ABOUT)["heading"]) == ["said", "did"]


def test_a_withdrawn_entry_is_shown_no_more_but_stays_in_the_history(store):
    first = written(store)
    written(store, "", replaces=first)
    assert store.current(ABOUT).empty
    assert list(store.history(ABOUT)["body"]) == ["Patrols on Friday nights.", ""]


def test_entries_belong_to_their_area_indicator_and_quarter(store):
    written(store)
    other = Subject(ABOUT.area_code, "robbery", ABOUT.quarter)
    store.write(other, Entry("said", "Fewer robberies.", "B"))
    assert list(store.current(other)["body"]) == ["Fewer robberies."]
    assert store.current(Subject(ABOUT.area_code, "all_crime", "Q2 2009/10")).empty


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"author": "  "}, "Give your name"),
        ({"body": " \n"}, "Write something"),
        ({"body": "x" * (LONGEST_BODY + 1)}, "longer than 4,000"),
        ({"heading": "wish"}, "Choose a heading"),
        ({"agency": "x" * 200}, "at most 120"),
    ],
)
def test_what_lacks_something_is_not_kept(store, fields, said):
    with pytest.raises(RecordError, match=said):
        written(store, **fields)
    assert store.history(ABOUT).empty


def test_what_looks_like_code_is_only_text(store):
    body = "'); drop table commentary_entry; -- <script>alert(1)</script> =1+1 ☃"
    written(store, body)
    assert store.current(ABOUT).at[0, "body"] == body
    assert set(HEADINGS) == {"said", "did", "intend"}


def test_processes_that_write_at_once_lose_nothing(tmp_path):
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    writers = [
        subprocess.Popen([*command, name], cwd=ROOT, stderr=subprocess.PIPE) for name in "abc"
    ]
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors.decode()
    history = Commentary(DataDir(tmp_path)).history(ABOUT)
    assert sorted(history["body"]) == sorted(f"{name} {n}" for name in "abc" for n in range(10))
    assert history["entry_id"].is_unique


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path):
    data = DataDir(tmp_path)
    data.commentary.write_text("not a database " * 100)
    with pytest.raises(RecordError, match="cannot be reached"):
        Commentary(data)
    assert data.commentary.read_text().startswith("not a database")


def test_another_address_is_used_instead_of_the_file(tmp_path, monkeypatch):
    shared = tmp_path / "elsewhere.sqlite"
    monkeypatch.setenv(URL_SETTING, f"sqlite:///{shared}")
    data = DataDir(tmp_path / "figures")
    written(Commentary(data))
    assert sqlite3.connect(shared).execute("select count(*) from commentary_entry").fetchone() == (
        1,
    )
    assert not data.commentary.exists()


def test_an_address_whose_driver_is_missing_says_what_to_install(tmp_path):
    with pytest.raises(RecordError, match="safecity\\[postgres\\]"):
        Commentary(DataDir(tmp_path), "nonsense+driver://host/db")
