"""Fetching: whatever a server does, there is an answer or a reason, within size and time, and from public places."""

import gzip
import socket
import time
from collections.abc import Iterator

import pytest
from webserver import Site, dripping, page, raw, redirect, serving

from inquit.fetching import Failed, Fetched, Rules, fetch, refusal

HERE = Rules(allow_private=True, seconds=5.0, max_bytes=10_000)
QUICK = Rules(allow_private=True, seconds=0.4, max_bytes=10_000)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def failure(url: str, rules: Rules = HERE) -> str:
    answer = fetch(url, rules=rules)
    assert isinstance(answer, Failed), answer
    return answer.failure


def test_a_page(site: Site) -> None:
    site.pages["/a"] = page("Größe", ETag='"7"')
    answer = fetch(f"{site.url}/a#part", rules=HERE, headers={"If-None-Match": '"6"'})
    assert isinstance(answer, Fetched)
    assert (answer.url, answer.status, answer.body) == (f"{site.url}/a", 200, "Größe".encode())
    assert answer.headers["etag"] == '"7"'
    assert (site.asked, site.conditions, site.agents) == (["/a"], [('"6"', None)], {"inquit"})


def test_a_packed_page_is_unpacked_and_a_bomb_is_not(site: Site) -> None:
    for name, size in (("/small", 9_000), ("/bomb", 5_000_000)):
        site.pages[name] = page(gzip.compress(b"a" * size), Content_Encoding="gzip")
    answer = fetch(f"{site.url}/small", rules=HERE)
    assert isinstance(answer, Fetched)
    assert len(answer.body) == 9_000
    assert failure(f"{site.url}/bomb") == "too large"
    site.pages["/broken"] = page(b"no gzip", Content_Encoding="gzip")
    assert failure(f"{site.url}/broken") == "network"


def test_a_redirect_is_followed_and_a_loop_is_not(site: Site) -> None:
    site.pages |= {"/old": redirect("/new", 301), "/new": page("da"), "/loop": redirect("/loop")}
    answer = fetch(f"{site.url}/old", rules=HERE)
    assert isinstance(answer, Fetched)
    assert answer.url == f"{site.url}/new"
    assert failure(f"{site.url}/loop") == "redirects"
    assert site.asked.count("/loop") == HERE.redirects + 1


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.example/", "gopher://a.example", "http://", "http://[", "//:0"]
)
def test_other_schemes_are_refused_after_redirects_too(site: Site, target: str) -> None:
    site.pages["/out"] = redirect(target)
    assert failure(f"{site.url}/out") in {"scheme", "redirects"}
    assert failure(target) == "scheme"


@pytest.mark.parametrize("status", [400, 404, 410, 429, 500, 503])
def test_a_status_is_told(site: Site, status: int) -> None:
    site.pages["/s"] = page("x", status=status, Retry_After="17")
    answer = fetch(f"{site.url}/s", rules=HERE)
    assert isinstance(answer, Failed)
    assert (answer.failure, answer.status, answer.retry_after) == ("status", status, "17")


def test_size_is_bounded_whether_it_is_told_or_not(site: Site) -> None:
    site.pages["/told"] = page(b"a" * 20_000)
    site.pages["/endless"] = dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"a" * 5_000, 0.0)
    site.pages["/headers"] = dripping(b"HTTP/1.1 200 OK\r\n", b"X: " + b"a" * 5_000 + b"\r\n", 0.0)
    assert failure(f"{site.url}/told") == "too large"
    assert failure(f"{site.url}/endless") == "too large"
    assert failure(f"{site.url}/headers") == "network"


@pytest.mark.parametrize(
    ("head", "piece"),
    [(b"HTTP/1.1 200 OK\r\n\r\n", b"a"), (b"HTTP/1.1 200 OK\r\nX: ", b"a"), (b"", b"H"), (b"", b"")],
)
def test_time_is_bounded_wherever_the_server_drips(site: Site, head: bytes, piece: bytes) -> None:
    site.pages["/slow"] = dripping(head, piece)
    began = time.monotonic()
    assert failure(f"{site.url}/slow", QUICK) in {"timeout", "network"}
    assert time.monotonic() - began < 2.0


def test_redirects_share_one_time(site: Site) -> None:
    def slow(handler: object) -> None:
        time.sleep(0.25)
        redirect("/slow")(handler)  # type: ignore[arg-type]

    site.pages["/slow"] = slow
    assert failure(f"{site.url}/slow", QUICK) == "timeout"


@pytest.mark.parametrize(
    "data", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", b"\0" * 500]
)
def test_no_http_is_a_failure(site: Site, data: bytes) -> None:
    site.pages["/raw"] = raw(data)
    assert failure(f"{site.url}/raw") == "network"


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert failure(f"http://127.0.0.1:{port}/") == "network"


def test_loopback_is_refused_by_number_by_name_and_after_a_redirect(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = site.url.rpartition(":")[2]
    closed = Rules(seconds=5.0)
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1", "2130706433"):
        assert failure(f"http://{host}:{port}/", closed) == "address", host
    assert site.asked == []
    # The first name is public by the tests' own lookup; it leads to this machine by a second one.
    look_up = socket.getaddrinfo

    def lookup(host: str, *rest: object, **more: object) -> object:
        return look_up("127.0.0.1" if host == "inside.example" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    assert failure(f"http://inside.example:{port}/", closed) == "address"
    monkeypatch.setattr("inquit.fetching.network.refusal", lambda a: None if a == "127.0.0.1" else refusal(a))
    site.pages["/out"] = redirect("http://[::1]:1/")
    assert failure(f"{site.url}/out", closed) == "address"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a00:1",
        "no address",
    ],
)
def test_addresses_of_ones_own_network(address: str) -> None:
    assert refusal(address) is not None


@pytest.mark.parametrize(
    "address", ["9.9.9.9", "185.199.108.153", "2606:4700::1111", "::ffff:9.9.9.9", "64:ff9b::909:909"]
)
def test_public_addresses(address: str) -> None:
    assert refusal(address) is None


def test_what_is_not_allowed_is_not_asked(site: Site) -> None:
    site.pages["/out"] = redirect("/secret")

    def allowed(url: str) -> Failed | None:
        return Failed(url=url, failure="robots", detail="no") if "secret" in url else None

    answer = fetch(f"{site.url}/out", rules=HERE, allowed=allowed)
    assert isinstance(answer, Failed)
    assert (answer.failure, site.asked) == ("robots", ["/out"])
