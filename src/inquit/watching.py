"""How feeds become articles of a corpus: fetching, readers and corpus meet here.

addresses --fetching--> bytes --readers--> Feed, Article --corpus--> kept
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

from inquit import fetching, readers
from inquit.corpus import Corpus, program
from inquit.errors import UsageError
from inquit.fetching import EntryMemory, Failed, FeedMemory, Fetched, Hosts, Memory, RobotsOfHosts, Rules
from inquit.readers import Feed, FeedEntry, Known, Limits
from inquit.records import Article, Kept, Reason, Rejected

LONGEST_WAIT = 120.0
"""Seconds that a poll waits for a host; what has to wait longer is left for the next poll."""

MOST_TRIES = 5
"""Polls in which fetching an article is tried before it is given up."""

_TRACKING = ("utm_", "at_medium", "at_campaign", "wt_mc", "wt_zmc", "fbclid", "gclid", "xtor")
"""Beginnings of the names of parameters that say where a reader came from, and nothing of the page."""

_REASONS: dict[str, Reason] = {"too large": "too large", "timeout": "timeout", "scheme": "unsupported"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """How a poll of one feed ended: entries that were new or changed, those left for later, and what went wrong."""

    feed: str
    new: int = 0
    left: int = 0
    problem: str | None = None


@dataclass(slots=True, kw_only=True)
class _Run:
    """A feed that is being polled; the answer's own address and its marks, once it is there."""

    url: str
    memory: FeedMemory
    base: str = ""
    feed: Feed | None = None
    etag: str | None = None
    last_modified: str | None = None
    new: int = 0
    waiting: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class _Task:
    """One request: the feed itself, or the page of one of its entries."""

    run: _Run
    url: str
    entry: FeedEntry | None = None


@dataclass(kw_only=True)
class Watch:
    """Polls feeds into a corpus; `stop` is asked before each request, `now` and `sleep` are the clock's."""

    corpus: Corpus
    memory_path: Path
    rules: Rules
    limits: Limits = field(default_factory=Limits)
    stop: Callable[[], bool] = lambda: False
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        self._memory = Memory.load(self.memory_path)
        self._hosts = Hosts(self._memory.hosts)
        self._robots = RobotsOfHosts(self.rules, self.now)
        self._queues: dict[str, deque[_Task]] = {}

    def poll(self, feeds: Iterable[str]) -> Iterator[Kept | Rejected | Polled]:
        """Ask each feed once and add what is new in it; no feed stops another."""
        self._queues.clear()
        for url in dict.fromkeys(feeds):
            self._add(_Task(_Run(url=url, memory=self._memory.feeds.setdefault(url, FeedMemory())), url))
        try:
            while (task := self._next()) is not None:
                yield from self._entry(task) if task.entry is not None else self._feed(task)
            yield from self._leave()
        finally:
            self._memory.save(self.memory_path)

    def _add(self, task: _Task) -> None:
        self._queues.setdefault(fetching.host_of(task.url), deque()).append(task)
        task.run.waiting += 1

    def _next(self) -> _Task | None:
        """The task whose host may be asked first, once it may; `None` where none is left that is worth waiting for."""
        while not self.stop():
            ready = {host: self._hosts.ready_at(host) for host, tasks in self._queues.items() if tasks}
            if not ready:
                return None
            host = min(ready, key=lambda name: ready[name])
            wait = ready[host] - self.now()
            if wait <= 0:
                return self._queues[host].popleft()
            if wait > LONGEST_WAIT:
                return None
            self.sleep(min(wait, 1.0))
        return None

    def _fetch(self, task: _Task) -> Fetched | Failed:
        headers = {}
        if task.entry is None:
            marks = (("If-None-Match", task.run.memory.etag), ("If-Modified-Since", task.run.memory.last_modified))
            headers = {name: value for name, value in marks if value}
        answer = fetching.fetch(task.url, rules=self.rules, headers=headers, allowed=self._robots)
        host = fetching.host_of(task.url)
        if isinstance(answer, Failed) and fetching.is_transient(answer):
            self._hosts.failed(host, self.now(), answer)
        else:
            self._hosts.answered(host, self.now(), self._robots.delay(task.url))
        return answer

    def _feed(self, task: _Task) -> Iterator[Kept | Rejected | Polled]:
        run = task.run
        run.waiting -= 1
        answer = self._fetch(task)
        if isinstance(answer, Failed):
            yield Polled(feed=run.url, problem=answer.detail)
            return
        if answer.status == 304:
            yield Polled(feed=run.url)
            return
        feed = readers.parse_feed(answer.body, origin=run.url, limits=self.limits)
        if isinstance(feed, Rejected):
            yield Polled(feed=run.url, problem=feed.detail)
            return
        run.feed = feed
        run.base, run.etag, run.last_modified = (
            answer.url,
            answer.headers.get("etag"),
            answer.headers.get("last-modified"),
        )
        for entry in run.feed.entries:
            self._note(run, entry)
        yield from self._ended(run)

    def _note(self, run: _Run, entry: FeedEntry) -> None:
        """Put an entry that is new or changed among the tasks."""
        url = _joined(run.base, entry.link)
        if url is None:
            return
        known = run.memory.entries.get(url)
        if known is not None and known.done and known.changed == entry.changed:
            return
        if known is None or known.changed != entry.changed:
            run.memory.entries.pop(url, None)
            run.memory.entries[url] = EntryMemory(changed=entry.changed)
        run.new += 1
        self._add(_Task(run, url, entry))

    def _entry(self, task: _Task) -> Iterator[Kept | Rejected | Polled]:
        assert task.entry is not None
        run, memory = task.run, task.run.memory.entries[task.url]
        run.waiting -= 1
        answer = self._fetch(task)
        item = self._item(task, answer)
        memory.tries += 1
        is_late = isinstance(answer, Failed) and fetching.is_transient(answer) and isinstance(item, Rejected)
        if is_late and memory.tries < MOST_TRIES:
            run.left += 1
        else:
            yield from self.corpus.add_articles([item])
            memory.done = True
        yield from self._ended(run)

    def _item(self, task: _Task, answer: Fetched | Failed) -> Article | Rejected:
        """The article of the page, or of the feed where there is none on the page."""
        assert task.entry is not None
        assert task.run.feed is not None
        item = _refused(task.url, answer) if isinstance(answer, Failed) else self._page(answer)
        if isinstance(item, Rejected) and task.entry.content is not None:
            entry = replace(task.entry, link=_plain(task.url))
            whole = readers.read_entry(entry, task.url, self.limits, outlet=task.run.feed.title)
            return whole if isinstance(whole, Article) else item
        if isinstance(item, Article):
            return replace(
                item,
                title=item.title or task.entry.title,
                outlet=item.outlet or task.run.feed.title,
                authors=item.authors or task.entry.authors,
                published=item.published or task.entry.published,
            )
        return item

    def _page(self, answer: Fetched) -> Article | Rejected:
        kind, _, parameters = answer.headers.get("content-type", "text/html").partition(";")
        if kind.strip().lower() not in {"text/html", "application/xhtml+xml"}:
            detail = f"{kind.strip()[:80]}, not an HTML page"
            return Rejected(origin=answer.url, reason="unsupported", detail=detail)
        name, _, charset = parameters.strip().partition("=")
        declared = charset.strip("\"' ") if name.strip().lower() == "charset" else None
        known = Known(url=_plain(answer.url))
        return readers.read_page(answer.body, origin=answer.url, known=known, declared=declared, limits=self.limits)

    def _ended(self, run: _Run) -> Iterator[Polled]:
        """Say so where nothing of a feed is waiting; a feed of which all is done is next time asked for what is new."""
        if run.waiting:
            return
        is_done = not run.left
        run.memory.etag, run.memory.last_modified = (run.etag, run.last_modified) if is_done else (None, None)
        self._memory.save(self.memory_path)
        yield Polled(feed=run.url, new=run.new, left=run.left, problem=run.feed.damage if run.feed else None)

    def _leave(self) -> Iterator[Polled]:
        """What had to wait for too long, or was stopped, is left for the next poll."""
        runs: dict[str, _Run] = {}
        for task in [task for tasks in self._queues.values() for task in tasks]:
            runs[task.run.url] = task.run
            task.run.left += task.entry is not None
            if task.entry is not None:
                task.run.memory.etag = task.run.memory.last_modified = None
        for run in runs.values():
            problem = None if self.stop() else "its host asks to be left alone for now"
            yield Polled(feed=run.url, new=run.new, left=run.left, problem=problem)


def feeds_of(names: Iterable[str]) -> list[str]:
    """The addresses of feeds in `names`: each is one, or the path of an OPML file that lists some."""
    found: list[str] = []
    for name in names:
        if urlsplit(name).scheme in {"http", "https"}:
            found.append(name)
            continue
        try:
            listed = readers.parse_opml(Path(name).read_bytes())
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise UsageError(f"{name} is no address of http or https, and no OPML file: {reason}") from error
        if not listed:
            raise UsageError(f"{name} lists no feeds: it is no OPML file with outlines that have an xmlUrl")
        found += listed
    return list(dict.fromkeys(found))


def agent() -> str:
    """How Inquit names itself to servers; robots.txt knows it as `inquit`."""
    return program().replace(" ", "/")


def memory_path(corpus: str) -> Path:
    """Where what is remembered of feeds lies: beside the file of a corpus, or in this folder for one of a server."""
    return Path("inquit.feeds.json") if "://" in corpus else Path(f"{corpus}.feeds.json")


def _refused(url: str, failed: Failed) -> Rejected:
    reason: Reason = "missing" if failed.status in {404, 410} else _REASONS.get(failed.failure, "unreadable")
    return Rejected(origin=url, reason=reason, detail=failed.detail)


def _joined(base: str, link: str | None) -> str | None:
    try:
        return urldefrag(urljoin(base, link)).url if link else None
    except ValueError:
        return None


def _plain(url: str) -> str:
    """The address without what says where a reader came from, so that one page has one address."""
    parts = urlsplit(url)
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not k.lower().startswith(_TRACKING)]
    all_kept = len(kept) == len(parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query if all_kept else urlencode(kept), ""))
