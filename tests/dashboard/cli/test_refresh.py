"""`safecity refresh` publishes everything new and sound, or leaves what is published as it was."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dashboard.cli import refresh
from dashboard.cli.main import app
from etl import publish
from etl.build import build, is_current
from etl.build_lock import build_lock
from etl.command_options import ExitCode
from etl.datadir import DataDir
from etl.fetch.download import Manners
from etl.fetch.publishers import RULES
from etl.manifest import loads
from etl.raw import add_file
from etl.settings import PUBLISHED_ENVIRONMENT
from tests.etl.fetch.local_publisher import Publisher, serving

ROOT = Path(__file__).resolve().parents[3]
SOUTHAMPTON = "E22000120"
HEADER = "area_code,measure_code,period,value\n"
HTML = b"<!DOCTYPE html><html><body>We have moved</body></html>"
BEFORE, NOW = date(2025, 1, 23), date(2025, 4, 24)
THEFTS, CALLS = "/files/thefts-2025-03.csv", "/files/calls-2025-03.csv"
#: What is published of robberies before the new releases and with them, by month.
OLD = {"2024-11": 100.0, "2024-12": 110.0}
NEW = {"2024-11": 100.0, "2024-12": 112.0, "2025-01": 90.0}


def figures(months: dict[str, float], measure: str = "robbery") -> bytes:
    lines = [f"{SOUTHAMPTON},local:{measure},{month},{value}\n" for month, value in months.items()]
    return (HEADER + "".join(lines)).encode()


# A real count of the plan's own year takes the place of its made-up ones: a verdict moves.
MOVES_A_VERDICT = figures({"2009-12": 2041.0}, "all_crime")


def landing(file: str, day: date = NOW) -> bytes:
    return (
        f"<html><body><p>Release date: {day:%d %B %Y}</p><a href='/about'>About</a>"
        f"<a href='{file}'>csv (2 kB)</a></body></html>"
    ).encode()


def rule(publisher: Publisher, name: str) -> str:
    return (
        f'[{name}]\nsources = ["own_figures"]\nlanding = "{publisher.base}/{name}"\n'
        f"link = 'csv'\nfile = '^{name}.*csv$'\n"
        "dates = [['Release date: (\\d+ \\w+ \\d{4})', '%d %B %Y']]\n"
    )


@pytest.fixture
def publisher(monkeypatch) -> Iterator[Publisher]:
    """Publishes thefts and calls, each anew since what is loaded."""
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    hurried = Manners(attempts=3, first_wait=0.01, longest_wait=1, timeout=5)
    monkeypatch.setattr(refresh, "MANNERS", hurried)
    with serving() as publisher:
        publisher.kind = "text/csv"
        publisher.files = {THEFTS: figures(NEW), CALLS: MOVES_A_VERDICT}
        publisher.pages = {"/thefts": landing(THEFTS), "/calls": landing(CALLS)}
        yield publisher


@pytest.fixture(scope="module")
def loaded_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The releases before those, loaded and published."""
    folder = tmp_path_factory.mktemp("refresh")
    data = DataDir(folder / "figures")
    for name, content in {
        "thefts-2024-12.csv": figures(OLD),
        "calls-2024-12.csv": figures({"2024-12": 7.0}, "asb_reports"),
    }.items():
        (folder / name).write_bytes(content)
        add_file(data, folder / name, published=BEFORE, loaded_by="a test")
    build(data)
    return data.root


@pytest.fixture
def data(publisher: Publisher, loaded_before: Path, tmp_path: Path) -> DataDir:
    data = DataDir(tmp_path / "figures")
    shutil.copytree(loaded_before, data.root)
    rules = rule(publisher, "thefts") + rule(publisher, "calls")
    (data.root / RULES).write_text(rules, encoding="utf-8")
    return data


def run(data: DataDir, *words: str) -> Result:
    return CliRunner().invoke(app, ["refresh", *words, "--data-dir", str(data.root)])


def published_robberies(data: DataDir) -> dict[str, float]:
    """Return what is published of robberies, by month; it can be read at any time."""
    current = publish.current(data)
    assert current is not None
    rows = publish.read_mart(data.build / current.database, "indicator_period")
    mine = rows[rows["indicator_id"].eq("robbery") & rows["value"].notna() & ~rows["illustrative"]]
    months = mine["period_start"].astype("datetime64[s]").dt.strftime("%Y-%m")
    return dict(zip(months, mine["value"], strict=True))


def loaded(data: DataDir) -> dict[str, date]:
    return {each.file_name: each.published for each in loads(data) if not each.illustrative}


def untouched(data: DataDir) -> bool:
    names = {"thefts-2024-12.csv": BEFORE, "calls-2024-12.csv": BEFORE}
    return published_robberies(data) == OLD and loaded(data) == names


# What is new is published, and what it changed is said


def test_new_releases_are_published_with_what_they_changed(publisher, data):
    result = run(data, "--json", "--by", "a timer")
    assert result.exit_code == ExitCode.DONE, result.output
    told = json.loads(result.stdout)
    assert published_robberies(data) == NEW
    assert is_current(data)
    assert [(each["publication"], each["new"], each["released"]) for each in told["fetched"]] == [
        ("thefts", True, "2025-04-24"),
        ("calls", True, "2025-04-24"),
    ]
    assert {each.loaded_by for each in loads(data) if each.published == NOW} == {"a timer"}
    new = {(each["indicator_id"], each["new_periods"]) for each in told["new_periods"]}
    assert ("robbery", 1) in new
    (revised,) = told["revised"]
    assert (revised["measure_code"], revised["previous_value"], revised["value"]) == (
        "local:robbery",
        110.0,
        112.0,
    )
    assert {each["indicator_id"] for each in told["verdicts"]} == {"all_crime"}
    assert told["published"] is True
    assert told["database"] == publish.current(data).database
    # One database is left: the one before is no longer read.
    assert [path.name for path in data.build.glob("*.duckdb")] == [told["database"]]
    assert not list(data.fetched.rglob("*.csv"))


def test_it_is_said_in_words(publisher, data):
    result = run(data)
    assert "thefts: thefts-2025-03.csv from " in result.output
    for title in ("New periods", "Revised figures", "Verdicts that change"):
        assert title in result.output
    assert "Built and published" in result.output


def test_a_second_run_has_nothing_to_do(publisher, data):
    run(data)
    before = publish.current(data)
    result = run(data, "--json")
    assert result.exit_code == ExitCode.DONE
    told = json.loads(result.stdout)
    assert told["published"] is False
    assert not any(each["new"] for each in told["fetched"])
    assert publish.current(data) == before
    # Each file was asked for once, and then whether it had changed.
    assert publisher.asked[-1]["If-None-Match"]


def test_a_dry_run_says_what_would_be_fetched_and_does_not(publisher, data):
    result = run(data, "--dry-run", "--json")
    assert result.exit_code == ExitCode.DONE
    told = json.loads(result.stdout)
    assert [(each["file"], each["would_fetch"], each["loaded"]) for each in told["offered"]] == [
        ("thefts-2025-03.csv", True, "2025-01-23"),
        ("calls-2025-03.csv", True, "2025-01-23"),
    ]
    assert publisher.paths == ["/thefts", "/calls"]
    assert untouched(data)
    assert "would be fetched" in run(data, "--dry-run").output


def test_a_source_may_be_left_alone(publisher, data):
    result = run(data, "--without", "calls", "--quiet")
    assert (result.exit_code, result.output) == (ExitCode.DONE, "")
    assert "/calls" not in publisher.paths
    assert published_robberies(data) == NEW
    result = run(data, "--without", "cals")
    assert result.exit_code == ExitCode.INPUT
    assert "did you mean calls?" in result.output


def test_an_installation_without_published_files_has_nothing_to_refresh(tmp_path):
    result = run(DataDir(tmp_path), "--json")
    assert result.exit_code == ExitCode.NOTHING_TO_SHOW
    assert json.loads(result.stdout) == {"fetched": [], "published": False}


def test_files_that_others_left_to_be_built_are_built(publisher, data, tmp_path):
    run(data)
    path = tmp_path / "own.csv"
    path.write_bytes(figures({"2025-02": 95.0}))
    add_file(data, path, published=date(2025, 5, 1), loaded_by="another")
    assert json.loads(run(data, "--json").stdout)["published"] is True
    assert published_robberies(data) == NEW | {"2025-02": 95.0}


# What goes wrong on the way: it is waited out, or nothing is published

Break = Callable[[Publisher], None]


def first(path: str, *faults: Callable[[Publisher], Callable]) -> Break:
    """The first answers at a path go wrong."""

    def break_it(publisher: Publisher) -> None:
        publisher.faults_at[path] = deque(fault(publisher) for fault in faults)

    return break_it


def always(path: str, fault: Callable[[Publisher], Callable]) -> Break:
    def break_it(publisher: Publisher) -> None:
        publisher.always_at[path] = fault(publisher)

    return break_it


def file(path: str, content: bytes) -> Break:
    return lambda publisher: publisher.files.update({path: content})


def page(path: str, content: bytes) -> Break:
    return lambda publisher: publisher.pages.update({path: content})


def drops(publisher: Publisher) -> Callable:
    return publisher.drops(20)


def hangs_up(publisher: Publisher) -> Callable:
    return publisher.hangs_up()


def answers(status: int, **headers: str) -> Callable[[Publisher], Callable]:
    return lambda publisher: publisher.status(status, **headers)


def states(length: int) -> Callable[[Publisher], Callable]:
    return lambda publisher: publisher.states(length)


WAITED_OUT = {
    "breaks and failures": [
        first("/thefts", hangs_up, answers(503)),
        first(THEFTS, drops, drops),
        first("/calls", answers(429, Retry_After="1"), answers(500)),
        first(CALLS, answers(408), states(100_000)),
    ],
    "a page without a date": [
        page("/thefts", landing(THEFTS).replace(b"Release date", b"Somewhen around"))
    ],
}
REFUSED = {
    "a file always broken off": (always(THEFTS, drops), "arrived"),
    "a length stated too long": (always(THEFTS, states(100_000)), "100,000 bytes and"),
    "a length stated too short": (always(THEFTS, states(-1)), "more than that arrived"),
    "a length stated too short, at the end of a line": (
        always(CALLS, states(len(HEADER))),
        "more than that arrived",
    ),
    "a file throttled for an hour": (
        always(CALLS, answers(429, Retry_After="3600")),
        "asks to wait 3,600 seconds",
    ),
    "a file that is gone": (always(THEFTS, answers(404)), "no longer at"),
    "a page that fails": (always("/calls", answers(500)), "answered 500"),
    "a page that is gone": (always("/calls", answers(410)), "answered 410"),
    "a page that hangs up": (always("/thefts", hangs_up), "failed"),
    "a page of another shape": (page("/thefts", HTML), "the rule [thefts] of publishers.toml"),
    "a page that leads elsewhere": (
        page("/thefts", landing(f"https://elsewhere.example{THEFTS}")),
        "not a known address",
    ),
    "a redirect elsewhere": (
        always(THEFTS, answers(302, Location="https://elsewhere.example/thefts.csv")),
        "not a known address",
    ),
    "a web page for a file": (file(CALLS, HTML), "a web page instead of the file"),
    "a file packed": (
        always(THEFTS, lambda publisher: publisher.whole(Content_Encoding="gzip")),
        "packed",
    ),
    "a file with a bad row": (
        file(THEFTS, figures(NEW) + f"{SOUTHAMPTON},local:robbery,2025-02,many\n".encode()),
        "many",
    ),
    "a file cut within a line": (file(THEFTS, figures(NEW)[:-12]), "thefts-2025-03.csv"),
    "a file of the future": (file(THEFTS, figures({"2031-01": 1.0})), "2031-01"),
    "a file without a line": (file(CALLS, HEADER.encode()), "there is no line below the header"),
    "a PDF": (file(CALLS, b"%PDF-1.7 not a table"), "this is a PDF"),
    "an empty file": (file(CALLS, b""), "the file is empty"),
}


@pytest.mark.parametrize("name", WAITED_OUT)
def test_what_passes_is_waited_out(publisher, data, name):
    for break_it in WAITED_OUT[name]:
        break_it(publisher)
    result = run(data)
    assert result.exit_code == ExitCode.DONE, result.output
    assert published_robberies(data) == NEW


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_is_published_when_something_is_wrong(publisher, data, name):
    break_it, said = REFUSED[name]
    break_it(publisher)
    result = run(data)
    assert result.exit_code == ExitCode.INPUT, result.output
    assert said in result.stderr
    assert untouched(data)
    assert is_current(data)


@pytest.mark.parametrize("name", ["a file always broken off", "a file with a bad row"])
def test_what_is_mended_is_published_by_the_next_run(publisher, data, name):
    files = dict(publisher.files)
    REFUSED[name][0](publisher)
    assert run(data).exit_code == ExitCode.INPUT
    publisher.files, publisher.always_at = files, {}
    assert run(data).exit_code == ExitCode.DONE
    assert published_robberies(data) == NEW


def test_everything_that_is_wrong_is_said_at_once(publisher, data):
    always(THEFTS, answers(404))(publisher)
    page("/calls", HTML)(publisher)
    result = run(data, "--json")
    told = json.loads(result.stdout)["problems"]
    assert [each["file"] for each in told] == ["thefts", "calls"]
    for each in told:
        by_hand = f"download it from {publisher.base}/{each['file']} and then: safecity add FILE"
        assert by_hand in each["what_to_do"]
    publisher.always_at, publisher.pages["/calls"] = {}, landing(CALLS)
    publisher.files = {THEFTS: b"%PDF-1.7 no table", CALLS: HEADER.encode()}
    told = json.loads(run(data, "--json").stdout)["problems"]
    assert {each["file"] for each in told} == {"thefts-2025-03.csv", "calls-2025-03.csv"}
    assert untouched(data)


# No newer release


def test_a_page_without_a_newer_release_changes_nothing(publisher, data):
    publisher.files = {"/files/thefts-2024-12.csv": figures(OLD)}
    publisher.pages["/thefts"] = landing("/files/thefts-2024-12.csv", BEFORE)
    publisher.pages["/calls"] = landing("/files/calls-2024-06.csv", date(2024, 7, 20))
    result = run(data)
    assert result.exit_code == ExitCode.DONE
    assert "thefts: Nothing new: it is loaded, as published on 2025-01-23" in result.output
    assert "calls: Nothing new: of 2024-07-20 is offered, and of 2025-01-23" in result.output
    # What is older is not even asked for.
    assert publisher.paths == ["/thefts", "/files/thefts-2024-12.csv", "/calls"]
    assert untouched(data)


# Others at work, and a process that dies


def test_a_build_under_way_is_left_alone(publisher, data):
    with build_lock(data, "another"):
        result = run(data)
    assert result.exit_code == ExitCode.INPUT
    assert untouched(data)
    asked = len(publisher.asked)
    assert run(data).exit_code == ExitCode.DONE
    # What had arrived is asked for again only in case that it changed.
    assert all("If-None-Match" in each for each in publisher.asked[asked + 1 :: 2])
    assert published_robberies(data) == NEW


def in_own_process(data: DataDir) -> subprocess.Popen:
    command = [sys.executable, "-c", "from dashboard.cli.main import main; main()"]
    return subprocess.Popen(
        [*command, "refresh", "--quiet", "--data-dir", str(data.root)],
        cwd=ROOT,
        env=os.environ | {"no_proxy": "127.0.0.1"},
    )


def both_arrived(data: DataDir) -> bool:
    return all((data.fetched / name / "fetched.json").is_file() for name in ("thefts", "calls"))


def one_is_kept(data: DataDir) -> bool:
    return len(list(data.raw.glob("*/load-*.json"))) > 2


def a_database_is_begun(data: DataDir) -> bool:
    return len(list(data.build.glob("safecity-*.duckdb"))) > 1


@pytest.mark.parametrize("reached", [both_arrived, one_is_kept, a_database_is_begun])
def test_a_refresh_that_is_killed_leaves_what_was_published(publisher, data, reached):
    """It is killed as soon as it is seen to have come so far, or a little later."""
    process = in_own_process(data)
    while process.poll() is None and not reached(data):
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert published_robberies(data) == OLD
    assert run(data).exit_code == ExitCode.DONE
    assert published_robberies(data) == NEW
    assert is_current(data)


def test_a_refresh_that_is_killed_while_it_fetches_goes_on_from_there(publisher, data):
    process = in_own_process(data)

    def kills(handler) -> None:
        process.send_signal(signal.SIGKILL)
        process.wait()
        publisher.always_at.clear()

    publisher.always_at[CALLS] = kills
    assert process.wait() == -signal.SIGKILL
    assert untouched(data)
    asked = len(publisher.paths)
    assert run(data).exit_code == ExitCode.DONE
    again = dict(zip(publisher.paths[asked:], publisher.asked[asked:], strict=True))
    assert "If-None-Match" in again[THEFTS]
    assert "If-None-Match" not in again[CALLS]
    assert published_robberies(data) == NEW


# What is used


def test_what_comes_with_the_product_is_used(tmp_path, monkeypatch):
    monkeypatch.setenv(PUBLISHED_ENVIRONMENT, "yes")
    used = refresh._used(DataDir(tmp_path), [])
    # Lookups, neighbours and residents come with it too: a person looks when they are renewed.
    assert [rule.id for rule in used] == ["ons_police_force_areas", "london_boroughs"]


def test_of_a_source_with_several_publications_those_that_are_loaded_are_used(tmp_path):
    data = DataDir(tmp_path)

    def add(name: str) -> list[str]:
        folder = data.raw / name
        folder.mkdir(parents=True)
        manifest = {
            "file_id": name, "file_name": name, "checksum": name, "source_id": "ho_open_data",
            "published": "2025-01-23", "loaded_at": "2025-01-23T09:30:00+00:00",
            "loaded_by": "a test", "accept_partial": False, "illustrative": False,
        }  # fmt: skip
        (folder / "load-ho_open_data.json").write_text(json.dumps(manifest), encoding="utf-8")
        return [rule.id for rule in refresh._used(data, [])]

    # A name that no publication has may be of any of them.
    both = ["home_office_partnerships", "home_office_forces"]
    assert add("figures-from-a-colleague.ods") == both
    assert add("prc-csp-mar-2021-onwards.ods") == ["home_office_partnerships"]
    assert add("prc-pfa-2017-18.csv") == both
