"""A corpus that is open: each method is one transaction, and takes and gives records."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType

from sqlalchemy import Connection, Engine, select

from inquit.records import (
    Article,
    ArticleVersion,
    ClaimQuery,
    CorpusCount,
    Entry,
    Judgement,
    Kept,
    KeptArticle,
    KeptClaim,
    KeptStory,
    Quotation,
    Rejected,
    SearchHit,
    SearchQuery,
    SourceProfile,
    SourceQuery,
    State,
    StoryQuery,
    Verdict,
)
from inquit.store import asking, byhand, opening, searching, stories, writing
from inquit.store.packing import unpack_found, unpack_text
from inquit.store.stories import Book
from inquit.store.tables import about
from inquit.store.tables import article as articles
from inquit.store.traces import COMPARED_BY, Traces

PORTION = 200
"""Articles that are taken out at once: memory stays flat, however many there are."""


def open_store(corpus: str, *, create: bool = False, writable: bool = False) -> "Store":
    """The corpus in a file or at a PostgreSQL URL, made where `create` is set and there is none."""
    return Store(corpus, opening.engine(corpus, create=create, writable=writable or create))


@dataclass(frozen=True, slots=True)
class Store:
    """An open corpus; a context manager that closes it."""

    corpus: str
    engine: Engine

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.engine.dispose()

    def known(self, articles_: Sequence[Article], reader: str) -> dict[str, Kept]:
        """Those articles that are in the corpus as they are, so that they need not be read, by id."""
        with self._reading() as connection:
            return writing.known(connection, articles_, reader)

    def keep(self, entries: Sequence[Entry | Rejected], *, reader: str, reread: bool = False) -> list[Kept | Rejected]:
        """Put articles in, in their order, all in one transaction."""
        with self._writing() as connection:
            writer = writing.Writer(connection, reader=reader)
            writing.put_rejected(connection, [one for one in entries if isinstance(one, Rejected)])
            kept = [one if isinstance(one, Rejected) else writer.keep(one, reread=reread) for one in entries]
            writer.flush()
            return kept

    def search(self, query: SearchQuery) -> list[SearchHit]:
        """Statements and articles that are asked for."""
        with self._reading() as connection:
            return searching.search(connection, query)

    def sources(self, query: SourceQuery) -> list[SourceProfile]:
        """Sources, those with most statements first."""
        with self._reading() as connection:
            return asking.sources(connection, query)

    def source(self, identifier: str) -> SourceProfile | None:
        """One source by its id."""
        with self._reading() as connection:
            return asking.source_profile(connection, identifier)

    def article(self, identifier: str) -> KeptArticle:
        """One article by its id, the beginning of it, or its URL."""
        with self._reading() as connection:
            return asking.kept_article(connection, asking.article_row(connection, identifier))

    def history(self, identifier: str) -> list[tuple[ArticleVersion, Article]]:
        """All contents seen at the URL of an article, the oldest first."""
        with self._reading() as connection:
            return asking.history(connection, asking.article_row(connection, identifier))

    def count(self) -> CorpusCount:
        """How much there is."""
        with self._reading() as connection:
            return asking.count(connection)

    def rejections(self, limit: int) -> list[Rejected]:
        """What was not read."""
        with self._reading() as connection:
            return asking.rejections(connection, limit)

    def articles(self) -> Iterator[KeptArticle]:
        """All current articles in the order of time, taken out in portions."""
        after = -1
        while True:
            with self._reading() as connection:
                found = [
                    (key, asking.kept_article(connection, row))
                    for key, row in asking.all_articles(connection, after=after, limit=PORTION)
                ]
            if not found:
                return
            after = found[-1][0]
            yield from (kept for _, kept in found)

    def to_read(
        self, *, states: Sequence[State], languages: Sequence[str], reader: str
    ) -> tuple[int, Iterator[tuple[State, Article]]]:
        """How many articles are in one of the states or read by another reader, and those with their states."""
        with self._reading() as connection:
            keys = asking.keys_to_read(connection, states=states, languages=languages, reader=reader)
        return len(keys), self._articles(keys)

    def mark(
        self,
        identifier: str,
        number: int,
        judgement: Judgement,
        *,
        note: str | None,
        fixed: Quotation | None,
        by: str | None = None,
    ) -> Verdict:
        """Keep a verdict on a quotation."""
        with self._writing() as connection:
            row = asking.article_row(connection, identifier)
            return byhand.mark(connection, row, number, judgement, note, fixed, by)

    def merge(self, first: str, others: Sequence[str]) -> SourceProfile:
        """Make several sources one, called as the first."""
        return self._source_after(lambda connection: [byhand.merge(connection, first, others)])[0]

    def split(self, identifier: str, parts: Sequence[str]) -> list[SourceProfile]:
        """Take articles, or sources that were merged, out of a source; what became of it and of them."""
        made = self._source_after(lambda connection: byhand.split(connection, identifier, parts))
        rest = self.source(identifier)
        return made if rest is None else [rest, *made]

    def stories(self, query: StoryQuery) -> list[KeptStory]:
        """Stories that are asked for."""
        with self._reading() as connection:
            return stories.stories(connection, query)

    def claims(self, query: ClaimQuery) -> list[KeptClaim]:
        """Claims that are asked for."""
        with self._reading() as connection:
            return stories.claims(connection, query)

    def story(self, identifier: str) -> KeptStory:
        """One story by its id or the beginning of it."""
        with self._reading() as connection:
            return stories.one_story(connection, identifier)

    def claim(self, identifier: str) -> KeptClaim:
        """One claim by its id or the beginning of it."""
        with self._reading() as connection:
            return stories.one_claim(connection, identifier)

    def waiting(self) -> tuple[int, int]:
        """How many articles are to be compared, and how many stories to be put together."""
        with self._reading() as connection:
            return Traces(connection).waiting(), Book(connection).count_stale()

    def compared_by(self) -> str | None:
        """What has compared the articles, `None` where they were never compared."""
        with self._reading() as connection:
            return connection.execute(select(about.c.value).where(about.c.name == COMPARED_BY)).scalar()

    @contextmanager
    def comparing(self) -> Iterator[tuple[Traces, Book]]:
        """A transaction in which articles are compared and stories put together, whole or not at all."""
        with self._writing() as connection:
            yield Traces(connection), Book(connection)

    def _source_after(self, change: Callable[[Connection], list[str]]) -> list[SourceProfile]:
        with self._writing() as connection:
            found = [asking.source_profile(connection, identifier) for identifier in change(connection)]
        return [one for one in found if one is not None]

    def _articles(self, keys: Sequence[int]) -> Iterator[tuple[State, Article]]:
        for at in range(0, len(keys), PORTION):
            with self._reading() as connection:
                query = select(articles).where(articles.c.key.in_(keys[at : at + PORTION])).order_by(articles.c.key)
                found = [
                    (row.state, unpack_found(row.ledger, unpack_text(row.text))[0]) for row in connection.execute(query)
                ]
            yield from found

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with opening.reading(self.engine, self.corpus) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with opening.writing(self.engine, self.corpus) as connection:
            yield connection
