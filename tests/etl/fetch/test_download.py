"""A download arrives whole, as the publisher has it now, or not at all."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace

import pytest

from etl.fetch.asking import BrokenOffError, RefusedError
from etl.fetch.shelf import InUseError


def content_of(shelf, release) -> bytes:
    return shelf.file(release).read_bytes()


def test_a_release_arrives_with_its_checksum_and_marks(publisher, fetching, shelf):
    release = fetching()
    assert content_of(shelf, release) == publisher.body
    assert release.checksum == hashlib.sha256(publisher.body).hexdigest()
    assert (release.etag, release.length) == ('"first"', len(publisher.body))
    assert release.file_name == "latest.zip"
    assert shelf.whole() == release
    assert shelf.begun() is None
    assert fetching.reported[-1] == (len(publisher.body), len(publisher.body))


def test_it_says_who_asks_and_wants_the_bytes_as_they_are(publisher, fetching):
    fetching()
    (asked,) = publisher.asked
    assert asked["User-Agent"].startswith("SafeCity/")
    assert asked["Accept-Encoding"] == "identity"
    assert "Range" not in asked


def test_what_is_here_already_costs_nothing(publisher, fetching, shelf):
    first = fetching()
    assert fetching() is None
    assert publisher.asked[1]["If-None-Match"] == '"first"'
    assert publisher.asked[1]["If-Modified-Since"] == publisher.last_modified
    assert shelf.whole() == first
    assert content_of(shelf, first) == publisher.body


def test_a_new_release_takes_the_place_of_the_one_before(publisher, fetching, shelf):
    fetching()
    publisher.revise()
    second = fetching()
    assert second is not None
    assert second.etag == '"second"'
    assert content_of(shelf, second) == publisher.body


def test_what_is_no_longer_here_is_asked_for_without_condition(publisher, fetching, shelf):
    fetching()
    shelf.drop_file()
    assert fetching() is not None
    assert "If-None-Match" not in publisher.asked[1]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ('attachment; filename="LAD24_CSP24_PFA24 (1).csv"', "LAD24_CSP24_PFA24 (1).csv"),
        ("attachment; filename*=UTF-8''lookup.csv", "lookup.csv"),
        ("attachment", "latest.zip"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        (r'attachment; filename="..\\up.csv"', "release"),
        ('attachment; filename="lock"', "release"),
        ('attachment; filename="Fetched.json"', "release"),
    ],
)
def test_a_release_is_called_as_the_publisher_says_if_that_harms_nobody(
    publisher, fetching, shelf, given, kept
):
    publisher.always = publisher.whole(Content_Disposition=given)
    release = fetching()
    assert release.file_name == kept
    assert [each.name for each in shelf.folder.iterdir() if each.name == kept] == [kept]
    assert content_of(shelf, release) == publisher.body


# Connections that break


def test_a_dropped_connection_is_resumed_where_it_broke(publisher, fetching, shelf):
    publisher.faults += [publisher.drops(70_000), publisher.drops(50_000)]
    release = fetching()
    assert content_of(shelf, release) == publisher.body
    assert [asked["Range"] for asked in publisher.asked] == [None, "bytes=70000-", "bytes=120000-"]
    assert publisher.asked[1]["If-Range"] == '"first"'


def test_a_part_is_kept_and_continued_another_day(publisher, fetching, shelf):
    publisher.faults.append(publisher.drops(70_000))
    fetching.manners = replace(fetching.manners, attempts=1)
    with pytest.raises(BrokenOffError, match="200,000 bytes and 70,000 arrived"):
        fetching()
    assert shelf.part.read_bytes() == publisher.body[:70_000]
    assert shelf.whole() is None
    release = fetching()
    assert publisher.asked[1]["Range"] == "bytes=70000-"
    assert content_of(shelf, release) == publisher.body


def test_a_file_that_changed_meanwhile_is_taken_from_its_start(publisher, fetching, shelf):
    def drops_and_revises(handler):
        publisher.serve(handler, cut=70_000)
        publisher.revise()

    publisher.faults.append(drops_and_revises)
    release = fetching()
    assert release is not None
    assert release.etag == '"second"'
    assert content_of(shelf, release) == publisher.body


def test_a_publisher_that_knows_no_ranges_is_asked_for_the_whole(publisher, fetching, shelf):
    publisher.faults += [publisher.drops(70_000), publisher.whole()]
    assert content_of(shelf, fetching()) == publisher.body


@pytest.mark.parametrize(
    "content_range", ["bytes 0-199999/200000", "bytes 70000-99999/100000", "rest", None]
)
def test_a_part_that_does_not_fit_is_thrown_away(publisher, fetching, shelf, content_range):
    wrong = {} if content_range is None else {"Content-Range": content_range}
    publisher.faults += [
        publisher.drops(70_000),
        lambda handler: handler.answer(206, publisher.body, wrong),
    ]
    assert content_of(shelf, fetching()) == publisher.body
    assert "Range" not in publisher.asked[2]


def test_a_rest_of_another_version_is_thrown_away(publisher, fetching, shelf):
    rest = {"Content-Range": "bytes 70000-199999/200000", "ETag": '"second"'}
    publisher.faults += [
        publisher.drops(70_000),
        lambda handler: handler.answer(206, bytes(130_000), rest),
    ]
    assert content_of(shelf, fetching()) == publisher.body


def test_a_range_that_cannot_be_had_starts_again(publisher, fetching, shelf):
    publisher.faults += [publisher.drops(70_000), publisher.status(416)]
    assert content_of(shelf, fetching()) == publisher.body


def test_a_weak_mark_is_not_trusted_for_a_rest(publisher, fetching, shelf):
    publisher.etag = 'W/"about the same"'
    publisher.faults.append(publisher.drops(70_000))
    assert content_of(shelf, fetching()) == publisher.body
    assert publisher.asked[1]["If-Range"] == publisher.last_modified


def test_without_any_mark_nothing_is_continued(publisher, fetching, shelf):
    publisher.etag = publisher.last_modified = ""
    publisher.faults.append(publisher.drops(70_000))
    assert content_of(shelf, fetching()) == publisher.body
    assert "Range" not in publisher.asked[1]


def test_a_publisher_that_hangs_up_is_asked_again(publisher, fetching, shelf):
    publisher.faults += [publisher.hangs_up()] * 2
    assert content_of(shelf, fetching()) == publisher.body


def test_a_publisher_that_always_hangs_up_is_left_alone(publisher, fetching):
    publisher.always = publisher.hangs_up()
    with pytest.raises(BrokenOffError, match=r"the connection to 127\.0\.0\.1:\d+ failed"):
        fetching()
    assert len(publisher.asked) == fetching.manners.attempts


def test_getting_on_earns_new_attempts(publisher, fetching, shelf):
    publisher.body = bytes(5 << 20)
    publisher.faults += [publisher.drops(1 << 20), publisher.status(500)] * 3
    fetching.manners = replace(fetching.manners, attempts=3)
    assert content_of(shelf, fetching()) == publisher.body


def test_a_connection_left_open_does_not_spoil_what_is_whole(publisher, fetching, shelf):
    def forgets_to_close(handler):
        publisher.serve(handler)
        handler.close_connection = False

    publisher.faults.append(forgets_to_close)
    fetching.manners = replace(fetching.manners, timeout=0.3)
    assert content_of(shelf, fetching()) == publisher.body
    assert len(publisher.asked) == 1


# Lengths


def test_a_length_stated_too_long_is_never_taken_for_whole(publisher, fetching, shelf):
    publisher.always = publisher.states(len(publisher.body) + 1)
    with pytest.raises(BrokenOffError, match="stated 200,001 bytes and 200,000 arrived"):
        fetching()
    assert len(publisher.asked) == fetching.manners.attempts
    assert shelf.whole() is None


def test_a_length_stated_too_short_is_noticed(publisher, fetching, shelf):
    publisher.always = publisher.states(len(publisher.body) - 1)
    with pytest.raises(RefusedError, match="stated 199,999 bytes and more than that arrived"):
        fetching()
    assert len(publisher.asked) == 1
    assert shelf.whole() is None
    assert shelf.part.stat().st_size == 0


def test_a_length_stated_far_too_short_is_noticed_even_when_the_rest_comes_late(
    publisher, fetching, shelf
):
    def comes_late(handler):
        handler.answer(200, publisher.body[:100_000], {"ETag": '"first"'})
        handler.wfile.flush()
        handler.wfile.write(publisher.body[100_000:])

    publisher.always = comes_late
    with pytest.raises(RefusedError, match="stated 100,000 bytes and more than that arrived"):
        fetching()
    assert shelf.whole() is None


def test_a_rest_that_goes_on_is_noticed(publisher, fetching, shelf):
    rest = {"Content-Range": "bytes 70000-199999/200000", "ETag": '"first"'}
    publisher.faults += [
        publisher.drops(70_000),
        lambda handler: handler.answer(
            206, publisher.body[70_000:] + b"more", rest | {"Content-Length": "130000"}
        ),
    ]
    with pytest.raises(RefusedError, match="stated 200,000 bytes and more than that arrived"):
        fetching()
    assert shelf.whole() is None


def chunks(handler, body: bytes, *, to_the_end: bool) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for start in range(0, len(body), 30_000):
        block = body[start : start + 30_000]
        handler.wfile.write(f"{len(block):x}\r\n".encode() + block + b"\r\n")
    if to_the_end:
        handler.wfile.write(b"0\r\n\r\n")


def test_a_body_in_chunks_needs_no_length(publisher, fetching, shelf):
    publisher.faults += [
        lambda handler: chunks(handler, publisher.body[:60_000], to_the_end=False),
        lambda handler: chunks(handler, publisher.body, to_the_end=True),
    ]
    release = fetching()
    assert content_of(shelf, release) == publisher.body
    assert release.length is None


def test_a_file_stated_too_large_is_not_begun(publisher, fetching, shelf):
    fetching.manners = replace(fetching.manners, max_bytes=100_000)
    with pytest.raises(RefusedError, match="states 200,000 bytes, more than the 100,000"):
        fetching()
    assert shelf.begun() is None


def test_a_file_that_grows_too_large_is_stopped(publisher, fetching, shelf):
    publisher.always = lambda handler: chunks(handler, publisher.body, to_the_end=True)
    fetching.manners = replace(fetching.manners, max_bytes=100_000)
    with pytest.raises(RefusedError, match="more than the 100,000 bytes"):
        fetching()
    assert shelf.part.stat().st_size == 0


def test_a_file_that_the_disk_has_no_room_for_is_not_begun(publisher, fetching, shelf):
    shelf.folder.mkdir(parents=True)
    stated = shutil.disk_usage(shelf.folder).total
    publisher.always = publisher.states(stated)
    fetching.manners = replace(fetching.manners, max_bytes=stated)
    with pytest.raises(RefusedError, match="the disk has"):
        fetching()


def test_a_source_is_fetched_by_one_at_a_time(shelf):
    with shelf.locked(), pytest.raises(InUseError), shelf.locked():
        pass
    with shelf.locked():
        pass


def test_a_record_cut_short_counts_as_none(publisher, fetching, shelf):
    publisher.faults.append(publisher.drops(70_000))
    fetching.manners = replace(fetching.manners, attempts=1)
    with pytest.raises(BrokenOffError):
        fetching()
    for record in shelf.folder.glob("*.json"):
        record.write_text('{"address": "http', encoding="utf-8")
    assert content_of(shelf, fetching()) == publisher.body
