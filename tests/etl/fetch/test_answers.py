"""What a publisher answers instead of the file: said plainly, and asked again only if it helps."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import httpx
import pytest

from etl.fetch.asking import BrokenOffError, Place, RefusedError, no_answer

HTML = b"\xef\xbb\xbf\n<!DOCTYPE html><html><body>We have moved</body></html>"


def content_of(shelf, release) -> bytes:
    return shelf.file(release).read_bytes()


# Statuses


@pytest.mark.parametrize(("status", "said"), [(404, "Not Found"), (410, "Gone")])
def test_what_is_gone_is_not_asked_for_again(publisher, fetching, status, said):
    publisher.always = publisher.status(status)
    with pytest.raises(RefusedError, match=rf"{status} \({said}\): the file is no longer at"):
        fetching()
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("status", [304, 401, 403, 418, 599])
def test_what_was_not_asked_for_is_refused(publisher, fetching, status):
    publisher.always = publisher.status(status)
    with pytest.raises(RefusedError, match=f"answered {status}"):
        fetching()
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_passing_failure_is_waited_out(publisher, fetching, shelf, status):
    publisher.faults.append(publisher.status(status))
    assert content_of(shelf, fetching()) == publisher.body
    assert len(publisher.asked) == 2


def test_each_wait_is_twice_the_one_before_up_to_a_limit(publisher, fetching):
    publisher.always = publisher.status(500)
    fetching.manners = replace(
        fetching.manners, attempts=5, first_wait=0.1, longest_wait=0.25, timeout=5
    )
    with pytest.raises(BrokenOffError, match="500"):
        fetching()
    waits = [later - earlier for earlier, later in pairwise(publisher.times)]
    assert all(wait >= least for wait, least in zip(waits, [0.1, 0.2, 0.25, 0.25], strict=True))
    assert waits[-1] < 0.8


def test_a_wait_that_is_asked_for_is_kept(publisher, fetching, shelf):
    publisher.faults.append(publisher.status(429, Retry_After="1"))
    assert content_of(shelf, fetching()) == publisher.body
    first, second = publisher.times
    assert second - first >= 1


def test_a_wait_may_be_asked_for_as_a_date(publisher, fetching, shelf):
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    publisher.faults.append(publisher.status(503, Retry_After=until))
    assert content_of(shelf, fetching()) == publisher.body
    first, second = publisher.times
    assert second - first >= 0.9


def test_a_wait_that_is_too_long_is_left_to_the_user(publisher, fetching):
    publisher.always = publisher.status(429, Retry_After="3600")
    with pytest.raises(BrokenOffError, match="asks to wait 3,600 seconds"):
        fetching()
    assert len(publisher.asked) == 1


# What is not the file


def test_a_web_page_is_not_taken_for_the_file(publisher, fetching, shelf):
    publisher.kind = "text/html; charset=utf-8"
    with pytest.raises(RefusedError, match="a web page instead of the file"):
        fetching()
    assert shelf.begun() is None


def test_a_web_page_that_says_it_is_a_zip_is_not_taken_for_it(publisher, fetching, shelf):
    publisher.body = HTML
    with pytest.raises(RefusedError, match="a web page instead of the file"):
        fetching()
    assert shelf.whole() is None


def test_a_packed_body_is_refused(publisher, fetching):
    publisher.always = publisher.whole(Content_Encoding="gzip")
    with pytest.raises(RefusedError, match="packed"):
        fetching()


# No way there


def test_a_publisher_that_does_not_run_is_named(fetching):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    fetching.place = Place(f"http://127.0.0.1:{port}/latest.zip")
    with pytest.raises(BrokenOffError, match=rf"the connection to 127\.0\.0\.1:{port} failed"):
        fetching()


def test_silence_is_given_up(publisher, fetching):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        fetching.place = Place(f"http://127.0.0.1:{silent.getsockname()[1]}/latest.zip")
        fetching.manners = replace(fetching.manners, attempts=1, timeout=0.2)
        with pytest.raises(BrokenOffError, match="fell silent"):
            fetching()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (socket.gaierror(-3, "Temporary failure in name resolution"), "offline"),
        (OSError(101, "Network is unreachable"), "offline"),
    ],
)
def test_what_asking_again_cannot_mend_is_said_at_once(error, said):
    failed = httpx.ConnectError("no way there")
    failed.__cause__ = error
    meant = no_answer("data.police.uk", failed)
    assert isinstance(meant, RefusedError)
    assert said in str(meant)
    assert "data.police.uk" in str(meant)
