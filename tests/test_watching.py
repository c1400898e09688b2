"""Following feeds: what is new comes in once, what fails comes later, and no feed stops another."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import pytest
from webserver import Site, page, redirect, serving

from inquit.corpus import Corpus, open_corpus
from inquit.errors import UsageError
from inquit.fetching import Rules
from inquit.records import Article, Kept, Rejected
from inquit.watching import MOST_TRIES, Polled, Watch, feeds_of, memory_path

PARAGRAPH = (
    "Die Gemeinde Oberwil hat den Bau des Hallenbads am Dienstag gestoppt. Gemeindepräsidentin Ruth Amrein sagte, die "
    "Kosten seien aus dem Ruder gelaufen. «Wir haben das zu spät gemerkt», räumte sie vor den Medien ein."
)


class Shelf:
    """In the place of a corpus: what it was given."""

    def __init__(self) -> None:
        self.given: list[Article | Rejected] = []

    def add_articles(self, items: Iterable[Article | Rejected]) -> Iterator[Kept | Rejected]:
        for item in items:
            self.given.append(item)
            yield (
                item if isinstance(item, Rejected) else Kept(outcome="added", id=item.id, origin=item.origin, version=1)
            )

    @property
    def urls(self) -> list[str | None]:
        return [item.url for item in self.given if isinstance(item, Article)]


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1_000_000.0

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(tmp_path: Path, shelf: Shelf, clock: Clock) -> Watch:
    return watching(tmp_path, shelf, clock)


def watching(tmp_path: Path, shelf: Shelf, clock: Clock, **rules: float) -> Watch:
    return Watch(
        corpus=cast("Corpus", shelf),
        memory_path=tmp_path / "m.json",
        rules=Rules(
            allow_private=True, seconds=rules.get("seconds", 5.0), max_bytes=int(rules.get("max_bytes", 100_000))
        ),
        now=clock.now,
        sleep=clock.sleep,
    )


def article(number: object = 1) -> str:
    return (
        f"<html><head><title>Halt {number}</title></head><body><h1>Halt {number}</h1><p>{PARAGRAPH}</p></body></html>"
    )


def feed(*links: str, content: str = "", updated: str = "2025-02-04T16:20:00Z") -> str:
    more = f"<content type='html'>{content}</content>" if content else "<summary>Kurz.</summary>"
    entries = "".join(
        f"<entry><title>T</title><link href='{x}'/><updated>{updated}</updated>{more}</entry>" for x in links
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Landbote</title>{entries}</feed>"


def polled(watch: Watch, *feeds: str) -> list[Polled]:
    return [item for item in watch.poll(feeds) if isinstance(item, Polled)]


def test_what_is_new_is_added_once(site: Site, shelf: Shelf, watch: Watch, clock: Clock) -> None:
    site.pages |= {
        "/f": page(feed("/1?utm_source=rss", "2#top")),
        "/2": page(article(2)),
        "/1?utm_source=rss": page(article(1)),
    }
    url = f"{site.url}/f"
    assert polled(watch, url) == [Polled(feed=url, new=2)]
    assert sorted(map(str, shelf.urls)) == [f"{site.url}/1", f"{site.url}/2"]
    first = shelf.given[0]
    assert isinstance(first, Article)
    assert PARAGRAPH in first.text
    assert (first.outlet, first.published) == ("Landbote", "2025-02-04T16:20:00Z")
    assert polled(watch, url) == [Polled(feed=url)]
    site.pages |= {"/f": page(feed("/3", "/2")), "/3": page(article(3))}
    assert polled(watch, url) == [Polled(feed=url, new=1)]
    assert len(shelf.given) == 3


def test_memory_outlives_the_program(site: Site, shelf: Shelf, tmp_path: Path, clock: Clock) -> None:
    site.pages |= {
        "/f": page(feed("/1"), ETag='"a"', Last_Modified="Tue, 04 Feb 2025 15:20:00 GMT"),
        "/1": page(article()),
    }
    polled(watching(tmp_path, shelf, clock), f"{site.url}/f")
    site.pages["/f"] = page("", status=304)
    assert polled(watching(tmp_path, shelf, clock), f"{site.url}/f") == [Polled(feed=f"{site.url}/f")]
    assert site.asked.count("/1") == 1
    assert site.conditions[-1] == ('"a"', "Tue, 04 Feb 2025 15:20:00 GMT")
    assert len(shelf.given) == 1


def test_an_entry_that_the_feed_calls_changed_is_fetched_again(site: Site, shelf: Shelf, watch: Watch) -> None:
    site.pages |= {"/f": page(feed("/1")), "/1": page(article())}
    polled(watch, f"{site.url}/f")
    site.pages["/f"] = page(feed("/1", updated="2025-02-05T08:00:00Z"))
    polled(watch, f"{site.url}/f")
    assert site.asked.count("/1") == 2


def test_no_feed_stops_another(site: Site, shelf: Shelf, watch: Watch) -> None:
    site.pages |= {
        "/gone": page("", status=410),
        "/page": page(article()),
        "/loop": redirect("/loop"),
        "/huge": page(b"<rss>" + b" " * 200_000),
        "/broken": page(feed("/1")[:-20]),
        "/good": page(feed("/1")),
        "/1": page(article()),
    }
    names = ("/gone", "/page", "/loop", "/huge", "/broken", "/good")
    ended = {item.feed.rpartition("/")[2]: item for item in polled(watch, *(site.url + name for name in names))}
    assert {name: item.problem for name, item in ended.items() if name != "broken"} == {
        "gone": "HTTP status 410",
        "page": "not a feed",
        "loop": "more than 5 redirects",
        "huge": "more than 100,000 bytes",
        "good": None,
    }
    assert "not well-formed" in str(ended["broken"].problem)
    assert shelf.urls[0] == f"{site.url}/1"


def test_a_server_in_trouble_is_asked_later_and_the_feed_in_full(
    site: Site, shelf: Shelf, watch: Watch, clock: Clock
) -> None:
    site.pages |= {
        "/f": page(feed("/1", "/2"), ETag='"a"'),
        "/1": page("", status=503, Retry_After="3600"),
        "/2": page(article()),
    }
    began = clock.time
    (ended,) = polled(watch, f"{site.url}/f")
    assert (ended.left, shelf.given) == (2, [])
    assert "/2" not in site.asked
    assert clock.time - began < 60
    assert polled(watch, f"{site.url}/f")[0].problem == "its host asks to be left alone for now"
    assert site.asked.count("/f") == 1
    clock.time += 3600
    site.pages["/1"] = page(article())
    assert polled(watch, f"{site.url}/f") == [Polled(feed=f"{site.url}/f", new=2)]
    assert site.conditions[-3] == (None, None)
    assert len(shelf.urls) == 2


def test_a_short_wait_is_waited_for(site: Site, shelf: Shelf, watch: Watch, clock: Clock) -> None:
    site.pages |= {"/f": page(feed("/1", "/2")), "/1": page("", status=429, Retry_After="30"), "/2": page(article())}
    began = clock.time
    (ended,) = polled(watch, f"{site.url}/f")
    assert (ended.left, len(shelf.urls)) == (1, 1)
    assert 30 <= clock.time - began < 60


def test_an_article_that_never_comes_is_given_up(site: Site, shelf: Shelf, watch: Watch, clock: Clock) -> None:
    site.pages |= {"/f": page(feed("/1")), "/1": page("", status=500)}
    for poll in range(MOST_TRIES):
        assert [item.left for item in polled(watch, f"{site.url}/f")] == [int(poll < MOST_TRIES - 1)]
        clock.time += 24 * 3600
    (item,) = shelf.given
    assert isinstance(item, Rejected)
    assert (item.origin, item.detail) == (f"{site.url}/1", "HTTP status 500")
    assert polled(watch, f"{site.url}/f") == [Polled(feed=f"{site.url}/f")]


def test_pages_that_are_none_are_rejected_with_a_reason(site: Site, shelf: Shelf, watch: Watch) -> None:
    site.pages |= {
        "/f": page(feed("/gone", "/film", "/list", "/huge", "mailto:a@landbote.example", "/out")),
        "/film": page(b"\0\1", "video/mp4"),
        "/list": page("<html><body><ul><li>Start</li></ul></body></html>"),
        "/huge": page(b"<html>" + b" " * 200_000),
        "/out": redirect("file:///etc/passwd"),
    }
    polled(watch, f"{site.url}/f")
    reasons = {i.origin.rpartition("/")[2]: i.reason for i in shelf.given if isinstance(i, Rejected)}
    assert reasons == {
        "gone": "missing",
        "film": "unsupported",
        "list": "no article",
        "huge": "too large",
        "mailto:a@landbote.example": "unsupported",
        "out": "unsupported",
    }


def test_what_the_feed_carries_stands_in_for_a_page_that_is_none(site: Site, shelf: Shelf, watch: Watch) -> None:
    site.pages["/f"] = page(feed("/1", content=f"&lt;p&gt;{PARAGRAPH}&lt;/p&gt;"))
    polled(watch, f"{site.url}/f")
    (item,) = shelf.given
    assert isinstance(item, Article)
    assert (item.url, PARAGRAPH in item.text) == (f"{site.url}/1", True)


def test_robots_txt_is_obeyed_with_its_pause(site: Site, shelf: Shelf, watch: Watch, clock: Clock) -> None:
    site.pages |= {
        "/robots.txt": page("User-agent: *\nDisallow: /secret\nCrawl-delay: 20", "text/plain"),
        "/f": page(feed("/1", "/secret", "/2")),
        "/1": page(article(1)),
        "/2": page(article(2)),
    }
    began = clock.time
    polled(watch, f"{site.url}/f")
    assert site.asked == ["/robots.txt", "/f", "/1", "/2"]
    assert site.most_at_once == 1
    assert clock.time - began >= 60
    assert [item.detail for item in shelf.given if isinstance(item, Rejected)] == ["robots.txt asks not to fetch it"]


def test_private_addresses_are_refused(site: Site, tmp_path: Path, shelf: Shelf, clock: Clock) -> None:
    watch = watching(tmp_path, shelf, clock)
    watch.rules = Rules()
    watch.__post_init__()
    (ended,) = polled(watch, f"{site.url}/f")
    assert "loopback" in str(ended.problem)
    assert site.asked == []


def test_stopping_leaves_the_rest(site: Site, tmp_path: Path, shelf: Shelf, clock: Clock) -> None:
    site.pages |= {"/f": page(feed("/1", "/2"), ETag='"a"'), "/1": page(article()), "/2": page(article())}
    watch = watching(tmp_path, shelf, clock)
    watch.stop = lambda: bool(shelf.given)
    assert polled(watch, f"{site.url}/f") == [Polled(feed=f"{site.url}/f", new=2, left=1)]
    watch = watching(tmp_path, shelf, clock)
    clock.time += 60
    polled(watch, f"{site.url}/f")
    assert len(shelf.urls) == 2


def test_opml_lists_feeds(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="Ort"><outline type="rss" '
        'xmlUrl=" https://a.example/f "/><outline xmlurl="https://b.example/f"/></outline>'
        '<outline xmlUrl="https://a.example/f"/></body></opml>'
    )
    expected = ["https://c.example/f", "https://a.example/f", "https://b.example/f"]
    assert feeds_of(["https://c.example/f", str(path)]) == expected
    for content in ("", "Kein OPML", "<opml/>", "\0"):
        path.write_text(content)
        with pytest.raises(UsageError, match="lists no feeds"):
            feeds_of([str(path)])
    with pytest.raises(UsageError, match="no address"):
        feeds_of(["gone.opml"])


@pytest.mark.parametrize(
    ("corpus", "expected"), [("a/c.db", "a/c.db.feeds.json"), ("postgresql://u@h/n", "inquit.feeds.json")]
)
def test_memory_lies_beside_the_corpus(corpus: str, expected: str) -> None:
    assert memory_path(corpus) == Path(expected)


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "inquit", "watch", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_the_command_adds_to_a_corpus(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/f": page(feed("/1")), "/1": page(article())}
    done = run("--once", "--allow-private", "--json", f"{site.url}/f", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["outcome"] for line in lines] == ["added", "polled"]
    assert "1 feed: 1 added" in done.stderr
    with open_corpus(tmp_path / "inquit.db") as corpus:
        assert corpus.article(f"{site.url}/1").article.outlet == "Landbote"
    refused = run("--once", f"{site.url}/f", cwd=tmp_path)
    assert (refused.returncode, "loopback" in refused.stderr) == (1, True)
    assert run("--once", "gone.opml", cwd=tmp_path).returncode == 2
