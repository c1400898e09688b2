"""Politeness: what robots.txt asks, pauses, back-off, and what is remembered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webserver import Site, page, serving

from inquit.fetching import EntryMemory, Failed, FeedMemory, Host, Hosts, Memory, Robots, RobotsOfHosts, Rules
from inquit.fetching import hosts as pauses
from inquit.fetching import memory as memories

ROBOTS = """\ufeffUser-agent: *
User-Agent: other/1.0
Disallow: /private/   # nothing for robots
Disallow: /*?print
Disallow: /*.pdf$
Allow: /private/open
Crawl-delay: 2.5

Sitemap: https://a.example/map.xml
User-agent: Inquit
Disallow: /alles
Disallow:
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/a", False),
        ("/private/open/a", True),
        ("/%70rivate/a", False),
        ("/a?x=1", True),
        ("/a?print=1", False),
        ("/a.pdf", False),
        ("/a.pdf?x", True),
        ("/alles", True),
    ],
)
def test_the_longest_rule_decides(path: str, allowed: bool) -> None:
    robots = Robots.parse(ROBOTS, "somebody")
    assert robots.allow(f"https://a.example{path}") is allowed
    assert robots.delay == 2.5


def test_a_group_of_its_own_goes_before_that_for_all() -> None:
    robots = Robots.parse(ROBOTS, "inquit")
    assert not robots.allow("https://a.example/alles/x")
    assert robots.allow("https://a.example/private/a")
    assert robots.delay is None


@given(st.text(max_size=300), st.text(max_size=50))
def test_no_robots_txt_raises(text: str, path: str) -> None:
    rules = f"User-agent: *\nDisallow: /{path}\n{text}"
    assert Robots.parse(rules, "inquit").allow("https://a.example/x") in {True, False}


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    robots = Robots.parse("User-agent: *\nDisallow: /" + "*a" * 2000 + "b", "inquit")
    assert robots.allow("https://a.example/" + "a" * 20_000)


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False), (503, False), (429, False), (200, True)]
)
def test_without_rules_all_is_allowed_and_in_trouble_nothing(site: Site, status: int, allowed: bool) -> None:
    time = 0.0
    site.pages["/robots.txt"] = page("", status=status)
    robots = RobotsOfHosts(Rules(allow_private=True), lambda: time)
    for _ in range(3):
        assert (robots(f"{site.url}/a") is None) is allowed
    assert site.asked == ["/robots.txt"]
    time = 90_000.0
    robots(f"{site.url}/a")
    assert len(site.asked) == 2


def busy(retry_after: str | None) -> Failed:
    return Failed(url="https://a.example/", failure="status", detail="", status=429, retry_after=retry_after)


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        (None, pauses.FIRST_BACKOFF),
        ("17", 17.0),
        ("0", pauses.PAUSE),
        ("Thu, 01 Jan 1970 00:20:00 GMT", 200.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", pauses.PAUSE),
        ("999999999", pauses.LONGEST_RETRY),
        ("soon", pauses.FIRST_BACKOFF),
    ],
)
def test_a_host_in_trouble_is_left_alone_for_as_long_as_it_asks(retry_after: str | None, wait: float) -> None:
    hosts = Hosts({})
    hosts.failed("a.example", 1000.0, busy(retry_after))
    assert hosts.ready_at("a.example") == 1000.0 + wait
    assert hosts.ready_at("b.example") == 0.0


def test_back_off_doubles_up_to_the_longest_and_ends_with_an_answer() -> None:
    kept: dict[str, Host] = {}
    hosts = Hosts(kept)
    waits = []
    for _ in range(40):
        hosts.failed("a.example", 0.0, busy(None))
        waits.append(hosts.ready_at("a.example"))
    assert waits[:3] == [pauses.FIRST_BACKOFF * n for n in (1, 2, 4)]
    assert waits[-1] == pauses.LONGEST_BACKOFF
    hosts.answered("a.example", 0.0, None)
    assert (hosts.ready_at("a.example"), kept) == (pauses.PAUSE, {})
    hosts.answered("a.example", 0.0, 7.0)
    assert hosts.ready_at("a.example") == 7.0


def test_memory_comes_back_and_does_not_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memories, "MOST_ENTRIES", 3)
    entries = {str(n): EntryMemory(changed="x", done=True) for n in range(5)}
    memory = Memory(feeds={"f": FeedMemory(etag="1", entries=entries)}, hosts={"h": Host(failures=2, not_before=5.0)})
    memory.save(tmp_path / "m.json")
    again = Memory.load(tmp_path / "m.json")
    assert list(again.feeds["f"].entries) == ["2", "3", "4"]
    assert again == memory
    assert [p.name for p in tmp_path.iterdir()] == ["m.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"feeds": 7}', b"\xff"])
def test_damaged_memory_is_told_and_forgotten(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "m.json").write_bytes(content)
    assert Memory.load(tmp_path / "m.json") == Memory()
    assert "cannot be read" in caplog.text
