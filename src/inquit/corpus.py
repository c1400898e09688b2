"""How articles get into a corpus and are asked for: reading and the store meet here.

paths --readers--> Articles --workers, several processes--> Entries --store, this process--> corpus
"""

import difflib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby, pairwise, takewhile
from os import PathLike
from pathlib import Path
from types import TracebackType

from inquit import comparing, judging, readers, sources
from inquit.errors import UnknownIdError, UsageError
from inquit.exports.ledgertable import Entry as LedgerEntry
from inquit.exports.ledgertable import read_ledgers
from inquit.judging import Correction, Relay, quotation_id
from inquit.languages import READ, language
from inquit.ledger import Ledger
from inquit.readers import Limits, Meter
from inquit.records import (
    Article,
    ArticleVersion,
    ClaimQuery,
    Compared,
    CorpusCount,
    Judgement,
    Kept,
    KeptArticle,
    KeptClaim,
    KeptStory,
    Rejected,
    SearchHit,
    SearchQuery,
    SourceProfile,
    SourceQuery,
    State,
    StoryQuery,
    Verdict,
)
from inquit.store import Entry, Store, open_store
from inquit.workers import Done, Item, never
from inquit.workers import read as read_all

__all__ = [
    "Change",
    "Corpus",
    "Correction",
    "Relay",
    "comparer",
    "open_corpus",
    "program",
    "quotation_id",
    "reader",
]

BATCH, SECONDS = 64, 1.0
"""Articles of one transaction, and the seconds after which it is closed with fewer: a writer waits no longer than
this for another, and a killed program reads no more than this again."""

NOT_READING = frozenset(
    (
        "LICENSE-weights.md",
        "claim-weights.toml",
        "fields.toml",
        "furniture.toml",
        "imprint.toml",
        "reader/CARD.md",
        "scoring.toml",
        "stem-frequencies.txt",
        "story-words.toml",
        "strong-verbs.txt",
    )
)
"""Files of a language that change nothing of how a kept article is read again: they are for the way in, where furniture
and credits are found once, for stories and claims, which are made anew, and for scoring."""

PORTION = 32
"""Articles about which the store is asked at once whether it has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an outlet changed between two versions of an article: the lines taken out and put in, in order."""

    before: ArticleVersion
    after: ArticleVersion
    title: tuple[str | None, str | None] | None
    removed: tuple[str, ...]
    added: tuple[str, ...]
    lines: tuple[str, ...]


class Corpus:
    """An open corpus; a context manager that closes it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> "Corpus":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._store.__exit__(kind, error, at)

    def add(
        self,
        paths: Iterable[str | PathLike[str]],
        *,
        limits: Limits | None = None,
        workers: int = 1,
        stop: Callable[[], bool] = never,
        progress: Meter | None = None,
    ) -> Iterator[Kept | Rejected]:
        """Read articles and keep them; each is yielded once it is safely in, in the order of the inputs.

        What is there already is not read again. `stop` is asked between articles; `progress` says how far they are.
        """
        found = readers.read_paths(paths, limits=limits or Limits(), every_language=True, progress=progress)
        return self.add_articles(found, workers=workers, stop=stop)

    def add_articles(
        self, items: Iterable[Article | Rejected], *, workers: int = 1, stop: Callable[[], bool] = never
    ) -> Iterator[Kept | Rejected]:
        """The same for articles that are records already."""
        return self._keep(read_all(self._unknown(items, stop), workers, stop), reread=False)

    def add_ledgers(
        self, folder: str | PathLike[str], *, stop: Callable[[], bool] = never
    ) -> Iterator[Kept | Rejected]:
        """The same for articles that `inquit spark read` has read: nothing is read again, rejects are kept as well."""
        entries = takewhile(lambda _: not stop(), read_ledgers(Path(folder)))
        for one, items in groupby(entries, key=lambda item: getattr(item, "reader", None)):
            yield from self._keep(map(_as_read, items), reread=False, read_by=one)

    def reread(
        self, *, everything: bool = False, workers: int = 1, stop: Callable[[], bool] = never
    ) -> tuple[int, Iterator[Kept | Rejected]]:
        """Read again what was not read, failed, or was read by another Inquit; how many, and what became of each.

        Verdicts and the merges and splits of sources stay.
        """
        states: tuple[State, ...] = ("read", "unread", "failed") if everything else ("unread", "failed")
        n, due = self._store.to_read(states=states, languages=READ, reader=reader())
        # In a language that was not read, nobody has looked for furniture.
        articles = (readers.completed(one) if state == "unread" else one for state, one in due)
        return n, self._keep(read_all(articles, workers, stop), reread=True)

    def search(self, query: SearchQuery) -> list[SearchHit]:
        """Statements and articles that fulfil all that is asked."""
        return self._store.search(query)

    def sources(self, query: SourceQuery) -> list[SourceProfile]:
        """Sources across articles, those with most statements first."""
        return self._store.sources(query)

    def source(self, identifier: str) -> SourceProfile | None:
        """The source that an id names, or `None`."""
        return self._store.source(identifier)

    def article(self, identifier: str) -> KeptArticle:
        """The article that an id, the beginning of one, or a URL names; its balance leaves out what is judged wrong."""
        kept = self._store.article(identifier)
        if not kept.verdicts or kept.summary is None:
            return kept
        judged = {number: verdict.judgement for number, verdict in kept.verdicts.items()}
        held = tuple(q for q in kept.quotations if judged.get(q.id) != "wrong")
        return replace(kept, summary=sources.balance(kept.article, held))

    def articles(self) -> Iterator[KeptArticle]:
        """All articles, in the order of their time, without older versions."""
        return self._store.articles()

    def changes(self, identifier: str) -> tuple[list[ArticleVersion], list[Change]]:
        """The versions of an article and what changed from each to the next."""
        found = self._store.history(identifier)
        return [one for one, _ in found], [_change(*older, *newer) for older, newer in pairwise(found)]

    def gold(self) -> Iterator[Ledger]:
        """What people have judged, as ledgers to learn from: right and fixed quotations of each judged article."""
        for kept in self._store.articles():
            held = {number for number, verdict in kept.verdicts.items() if verdict.judgement != "wrong"}
            if kept.verdicts:
                yield judging.gold(kept, held)

    def mark(
        self,
        identifier: str,
        judgement: Judgement,
        *,
        note: str | None = None,
        correction: Correction | None = None,
        by: str | None = None,
    ) -> Verdict:
        """Keep what a person, called `by`, says of the quotation `ARTICLE:N`."""
        article, number = quotation_id(identifier)
        correction = correction or Correction()
        if bool(correction) != (judgement == "fixed"):
            raise UsageError("`fixed` needs what is to be corrected, and only `fixed` corrects")
        fixed = None
        if correction:
            kept = self._store.article(article)
            quotation = next((q for q in kept.quotations if q.id == number), None)
            if quotation is None:
                raise UnknownIdError(f"{article} has no quotation {number}")
            fixed = judging.corrected(kept.article, quotation, correction)
        return self._store.mark(article, number, judgement, note=note, fixed=fixed, by=by)

    def merge(self, first: str, others: Sequence[str]) -> SourceProfile:
        """Say that several sources are one; it keeps id and name of the first."""
        return self._store.merge(first, others)

    def split(self, identifier: str, parts: Sequence[str]) -> list[SourceProfile]:
        """Say that a source is somebody else in some articles, or is not who was merged into it."""
        return self._store.split(identifier, parts)

    def compare(
        self, *, stop: Callable[[], bool] = never, told: Callable[[Compared], None] = lambda _: None
    ) -> Compared:
        """Bring stories and claims up to date with the articles and verdicts; how far it came.

        `stop` is asked, and `told` is called, after each step; what is done then stays done.
        """
        return comparing.compare(self._store, by=comparer(), stop=stop, told=told)

    def waiting(self) -> Compared:
        """How many articles `compare` would compare, and stories put together."""
        return comparing.waiting(self._store, by=comparer())

    def stories(self, query: StoryQuery) -> list[KeptStory]:
        """The stories that are asked for, as `compare` left them."""
        return self._store.stories(query)

    def claims(self, query: ClaimQuery) -> list[KeptClaim]:
        """The claims that are asked for, as `compare` left them."""
        return self._store.claims(query)

    def story(self, identifier: str) -> KeptStory:
        """The story that an id or a unique beginning of one names."""
        return self._store.story(identifier)

    def claim(self, identifier: str) -> KeptClaim:
        """The claim that an id or a unique beginning of one names."""
        return self._store.claim(identifier)

    def count(self) -> CorpusCount:
        """How much there is."""
        return self._store.count()

    def rejections(self, limit: int) -> list[Rejected]:
        """Inputs that were not read, with their reasons."""
        return self._store.rejections(limit)

    def _unknown(self, items: Iterable[Article | Rejected], stop: Callable[[], bool]) -> Iterator[Item]:
        """The items, with a `Kept` in the place of each article that need not be read."""
        portion: list[Article | Rejected] = []
        for item in items:
            portion.append(item)
            if len(portion) == PORTION:
                yield from self._asked(portion)
                portion = []
            if stop():
                return
        yield from self._asked(portion)

    def _asked(self, portion: Sequence[Article | Rejected]) -> Iterator[Item]:
        known = self._store.known([item for item in portion if isinstance(item, Article)], reader())
        for item in portion:
            kept = known.get(item.id) if isinstance(item, Article) else None
            yield item if kept is None else replace(kept, origin=item.origin)

    def _keep(self, items: Iterable[Done], *, reread: bool, read_by: str | None = None) -> Iterator[Kept | Rejected]:
        """Write in batches; what a batch holds is yielded when it is written."""
        batch: list[Done] = []
        read_by = read_by or reader()
        opened = time.monotonic()
        for item in items:
            if not batch:
                opened = time.monotonic()
            batch.append(item)
            if len(batch) >= BATCH or time.monotonic() - opened >= SECONDS:
                yield from self._written(batch, reread, read_by)
                batch = []
        yield from self._written(batch, reread, read_by)

    def _written(self, batch: Sequence[Done], reread: bool, read_by: str) -> Iterator[Kept | Rejected]:
        new = [item for item in batch if not isinstance(item, Kept)]
        written = iter(self._store.keep(new, reader=read_by, reread=reread) if new else ())
        for item in batch:
            yield item if isinstance(item, Kept) else next(written)


def open_corpus(corpus: str | PathLike[str], *, create: bool = False, write: bool = False) -> Corpus:
    """The corpus in a file or at a PostgreSQL URL, made where `create` is set and there is none."""
    return Corpus(open_store(os.fspath(corpus), create=create, writable=write))


def program() -> str:
    """The program and its version."""
    try:
        return f"inquit {version('inquit')}"
    except PackageNotFoundError:
        return "inquit"


@cache
def reader() -> str:
    """What reads articles here: the program, and a checksum of its weights and tables.

    An article read by another reader is due to be read again.
    """
    knowledge = (language(code).checksum(without=NOT_READING) for code in READ)
    return f"{program()}+{'.'.join(knowledge)}"


@cache
def comparer() -> str:
    """What compares articles here: the program, and a checksum of its weights and tables.

    What another one compared is compared again.
    """
    return f"{program()}+{'.'.join(language(code).checksum() for code in READ)}"


def _as_read(item: LedgerEntry | Rejected) -> Done:
    """An article of a result as the store takes it."""
    if isinstance(item, Rejected):
        return item
    return Entry(
        article=item.article,
        quotations=item.quotations,
        summary=item.summary,
        state=item.state,
        detail=item.detail,
    )


def _change(one: ArticleVersion, before: Article, other: ArticleVersion, after: Article) -> Change:
    old, new = ([" ".join(line.split()) for line in a.text.splitlines() if line.strip()] for a in (before, after))
    lines = list(difflib.unified_diff(old, new, n=1, lineterm=""))[2:]
    return Change(
        before=one,
        after=other,
        title=None if before.title == after.title else (before.title, after.title),
        removed=tuple(line[1:] for line in lines if line.startswith("-")),
        added=tuple(line[1:] for line in lines if line.startswith("+")),
        lines=tuple(lines),
    )
