"""A redirect is followed where the publisher is known to lead, and nowhere else."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from http.server import ThreadingHTTPServer

import pytest

from etl.fetch.asking import MAX_REDIRECTS, Place, RefusedError

ARCHIVE = Place("https://data.police.uk/data/archive/latest.zip", ("store.example",))


def test_a_redirect_on_the_same_server_is_followed(publisher, fetching, shelf):
    publisher.faults.append(publisher.status(302, Location="/archive/2026-07.zip?key=1"))
    release = fetching()
    assert publisher.paths == ["/latest.zip", "/archive/2026-07.zip?key=1"]
    assert release.file_name == "2026-07.zip"
    assert release.location == f"{publisher.base}/archive/2026-07.zip"
    assert shelf.file(release).read_bytes() == publisher.body


def test_what_is_asked_for_is_asked_for_there_too(publisher, fetching):
    publisher.faults += [
        publisher.drops(70_000),
        publisher.status(307, Location="/archive/2026-07.zip"),
    ]
    fetching()
    assert publisher.asked[2]["Range"] == "bytes=70000-"
    assert publisher.asked[2]["User-Agent"].startswith("SafeCity/")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_another_server_is_never_asked(publisher, other_publisher, fetching, shelf, status):
    publisher.always = publisher.status(status, Location=f"{other_publisher.base}/2026-07.zip")
    with pytest.raises(RefusedError, match="not a known address of this publisher"):
        fetching()
    assert other_publisher.asked == []
    assert shelf.begun() is None


@pytest.mark.parametrize(
    "target", ["file:///etc/hostname", "ftp://store.example/a.zip", "http://["]
)
def test_nothing_but_an_address_of_the_web_is_followed(publisher, fetching, target):
    publisher.always = publisher.status(302, Location=target)
    with pytest.raises(RefusedError):
        fetching()
    assert len(publisher.asked) == 1


def test_redirects_end(publisher, fetching):
    publisher.always = publisher.status(302, Location="/latest.zip")
    with pytest.raises(RefusedError, match="without end"):
        fetching()
    assert len(publisher.asked) == MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    ("target", "followed"),
    [
        ("https://data.police.uk/data/archive/2026-07.zip", True),
        ("https://store.example/archive/2026-07.zip", True),
        ("http://store.example/archive/2026-07.zip", False),
        ("http://data.police.uk/data/archive/2026-07.zip", False),
        ("https://store.example:8443/archive/2026-07.zip", False),
        ("https://store.example@elsewhere.example/2026-07.zip", False),
        ("https://elsewhere.example/store.example", False),
        ("https://not-store.example/2026-07.zip", False),
        ("//elsewhere.example/2026-07.zip", False),
    ],
)
def test_only_known_hosts_and_only_https(target, followed):
    assert ARCHIVE.may_lead_to(target) is followed


@pytest.mark.parametrize(
    "address", ["http://data.police.uk/latest.zip", "file:///etc/hostname", "ftp://localhost/a"]
)
def test_an_address_that_is_not_safe_is_not_asked(fetching, address):
    fetching.place = Place(address)
    with pytest.raises(RefusedError, match="is not https"):
        fetching()


@pytest.fixture
def certificate(tmp_path):
    """A certificate of this machine, and its key."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl here to make a certificate with")
    made, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    command = [program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, "-out", made, "-keyout", key], check=True, capture_output=True)
    return made, key


@pytest.fixture
def store(certificate, other_publisher):
    """The second publisher's file, over https."""
    made, key = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    handler = other_publisher.handler
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_https_to_a_known_host_is_followed(
    publisher, other_publisher, fetching, shelf, store, certificate
):
    other_publisher.body = b"PK another file"
    publisher.always = publisher.status(302, Location=f"https://{store}/archive/2026-07.zip")
    trusting = ssl.create_default_context(cafile=certificate[0])
    fetching.place = Place(publisher.address, (store,), trusting)
    assert shelf.file(fetching()).read_bytes() == b"PK another file"


def test_https_to_a_host_that_cannot_prove_itself_is_refused(
    publisher, other_publisher, fetching, store
):
    publisher.always = publisher.status(302, Location=f"https://{store}/archive/2026-07.zip")
    fetching.place = Place(publisher.address, (store,))
    with pytest.raises(RefusedError, match="could not prove who it is"):
        fetching()
    assert other_publisher.asked == []
