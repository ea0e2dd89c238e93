"""`safecity fetch`: from the publisher to what is loaded, and what it says when that fails."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dashboard.cli.main import app
from etl import fetch_command
from etl.command_options import ExitCode
from etl.datadir import DataDir
from etl.fetch.asking import Place
from etl.fetch.download import Manners
from etl.fetch.publishers import RULES, of_source, publications
from etl.fetch.shelf import Shelf
from etl.manifest import loads
from etl.sources import all_sources

STREET = "police_uk_street"
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)


def archive(month: str, records: int) -> bytes:
    """An archive of one force's month."""
    line = (
        f",{month},Hampshire Constabulary,Hampshire Constabulary,-1.4,50.9,On or near A Street,"
        "E01017140,Southampton 023A,Burglary,,\n"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(f"{month}/{month}-hampshire-street.csv", HEADER + line * records)
    return packed.getvalue()


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "figures")


@pytest.fixture
def street(publisher, data, monkeypatch):
    """The publisher of street-level crime, on this machine."""
    publisher.body = archive("2026-07", 3)
    data.root.mkdir()
    (data.root / RULES).write_text(
        f'''
        [{STREET}]
        sources = ["{STREET}"]
        landing = "https://data.police.uk/data/"
        address = "{publisher.address}"
        ''',
        encoding="utf-8",
    )
    hurried = Manners(attempts=3, first_wait=0.01, longest_wait=1, timeout=5)
    monkeypatch.setattr(fetch_command, "MANNERS", hurried)
    return publisher


def run(data: DataDir, *words: str) -> Result:
    return CliRunner().invoke(app, ["fetch", *words, "--data-dir", str(data.root)])


def test_the_latest_release_is_loaded_like_any_file(street, data):
    street.faults.append(street.status(302, Location="/archive/2026-07.zip"))
    result = run(data, STREET, "--published", "2026-09-02", "--by", "an analyst", "--json")
    assert result.exit_code == ExitCode.DONE, result.output
    told = json.loads(result.stdout)
    (load,) = (each for each in loads(data) if not each.illustrative)
    assert told["new"] is True
    assert told["release"]["checksum"] == load.checksum == hashlib.sha256(street.body).hexdigest()
    assert told["loaded"][0]["rows_read"] == 3
    assert (load.source_id, load.published) == (STREET, date(2026, 9, 2))
    assert (load.file_name, load.loaded_by) == ("2026-07.zip", "an analyst")
    assert load.path.read_bytes() == street.body


def test_it_is_kept_once(street, data):
    run(data, STREET, "--published", "2026-09-02")
    assert not list(data.fetched.rglob("*.zip"))
    assert not list(data.fetched.rglob("*.part"))


def test_nothing_new_costs_one_question(street, data):
    run(data, STREET, "--published", "2026-09-02")
    result = run(data, STREET)
    assert result.exit_code == ExitCode.DONE
    assert "Nothing new: it is loaded, as published on 2026-09-02" in result.output
    assert len(street.asked) == 2
    assert street.asked[1]["If-None-Match"] == street.etag


def test_the_same_bytes_under_a_new_mark_are_nothing_new(street, data):
    run(data, STREET, "--published", "2026-09-02")
    street.etag = '"touched"'
    result = run(data, STREET, "--published", "2026-10-01", "--json")
    assert result.exit_code == ExitCode.DONE
    assert json.loads(result.stdout)["new"] is False
    assert not list(data.fetched.rglob("*.zip"))


def test_a_later_release_is_loaded_beside_the_first(street, data):
    run(data, STREET, "--published", "2026-09-02")
    street.revise()
    street.body = archive("2026-08", 5)
    assert run(data, STREET, "--published", "2026-10-01").exit_code == ExitCode.DONE
    days = [each.published for each in loads(data) if not each.illustrative]
    assert days == [date(2026, 9, 2), date(2026, 10, 1)]


def test_what_was_deleted_is_fetched_again(street, data):
    run(data, STREET, "--published", "2026-09-02")
    (load,) = (each for each in loads(data) if not each.illustrative)
    shutil.rmtree(load.path.parent)
    assert run(data, STREET, "--published", "2026-09-02").exit_code == ExitCode.DONE
    assert load.path.read_bytes() == street.body


def test_without_a_publication_date_it_waits_and_says_what_to_do(street, data):
    result = run(data, STREET)
    assert result.exit_code == ExitCode.INPUT
    assert "its publication date is not known" in result.output
    assert f"safecity fetch {STREET} --published 2026-09-02" in result.output
    assert all(each.illustrative for each in loads(data))
    again = run(data, STREET, "--published", "2026-09-02")
    assert again.exit_code == ExitCode.DONE
    assert street.asked[1]["If-None-Match"] == street.etag
    assert len([each for each in loads(data) if not each.illustrative]) == 1


def test_a_date_that_is_none_is_said_before_anything_is_asked_for(street, data):
    result = run(data, STREET, "--published", "2nd of September")
    assert result.exit_code == ExitCode.INPUT
    assert "this is not a date" in result.output
    assert street.asked == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"%PDF-1.7 not an archive", "this is a PDF"),
        (archive("2026-07", 3)[:-30], "damaged or cut short"),
    ],
)
def test_what_is_no_archive_is_not_loaded(street, data, body, said):
    street.body = body
    result = run(data, STREET, "--published", "2026-09-02")
    assert result.exit_code == ExitCode.INPUT
    assert said in result.output
    assert all(each.illustrative for each in loads(data))


@pytest.mark.parametrize("status", [404, 500])
def test_a_failure_names_the_way_by_hand(street, data, status):
    street.always = street.status(status)
    result = run(data, STREET, "--published", "2026-09-02")
    assert result.exit_code == ExitCode.INPUT
    assert f"answered {status}" in result.output
    assert "download it from https://data.police.uk/data/ and then: safecity add" in result.output
    assert ("what has arrived is kept" in result.output) == (status == 500)


def test_a_fetch_under_way_is_left_alone(street, data):
    with Shelf(data.fetched / STREET).locked():
        result = run(data, STREET, "--published", "2026-09-02")
    assert result.exit_code == ExitCode.INPUT
    assert "another safecity fetch of it is under way" in result.output
    assert street.asked == []


def test_a_source_without_an_address_names_its_page(data):
    known = publications(data).values()
    for source in all_sources().values():
        if not of_source(known, source.source_id):
            result = run(data, source.source_id)
            assert result.exit_code == ExitCode.INPUT
            assert "safecity add FILE --published" in result.output
            assert source.landing_page in result.output


def test_an_unknown_source_is_told_the_nearest(data):
    result = run(data, "police_street")
    assert result.exit_code == ExitCode.INPUT
    assert f"did you mean {STREET}?" in result.output


def test_without_a_source_it_lists_them(data):
    told = json.loads(run(data, "--json").stdout)
    assert {each["source"] for each in told if each["address"]} == {STREET}
    assert f"safecity fetch {STREET}" in run(data).output


def test_every_source_that_somebody_publishes_is_reached(data):
    reached = {source for rule in publications(data).values() for source in rule.sources}
    # The partnership's own, and one that is made of another's files.
    assert set(all_sources()) - reached == {"own_figures", "survey_results", "street_monthly"}


def test_every_address_is_https(data):
    rules = publications(data).values()
    addresses = [address for each in rules for address in (each.landing, each.address) if address]
    assert len(addresses) > len(rules)
    assert all(address.startswith("https://") and Place(address).is_safe for address in addresses)
