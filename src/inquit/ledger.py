"""How an article becomes a ledger: the one place where the rooms meet. Read this second.

bytes --readers--> Article --quotations--> Quotations --sources--> Ledger --exports--> files and screens
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from inquit import exports, quotations, readers, records, sources
from inquit.errors import RejectedError, UsageError
from inquit.languages import language
from inquit.readers import Limits
from inquit.records import Article, Rejected

if TYPE_CHECKING:
    from inquit.quotations.trained import Begun

_In = TypeVar("_In")
_Out = TypeVar("_Out")

AHEAD = 1
"""Batches that the network has read before they are needed; more would only be memory."""

TOGETHER = 24
"""Articles read together at most: some are of about one length then, and the network takes those at once."""

LETTERS_TOGETHER = 80_000
"""Characters of an article with which a batch is full, so that memory does not grow with the length of articles."""

LONGEST_PATH = 4096
"""Characters up to which a string without a line break is looked up as a path before it is taken for a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger(records.Ledger):
    """An article with its quotations and the source balance, able to show itself."""

    def rows(self) -> list[dict[str, Any]]:
        """One flat row a quotation, for `pandas.DataFrame` or `polars.DataFrame`."""
        return exports.rows(self)

    def to_json(self) -> str:
        """The ledger as one line of JSON, without the line break."""
        return exports.to_json(self).decode()

    def _repr_html_(self) -> str:
        return exports.to_notebook(self)


def read(text_or_path: str | PathLike[str], *, limits: Limits | None = None, min_confidence: float = 0.0) -> Ledger:
    """The ledger of one article.

    A path object is a file; a string is the path of an existing file or else the text itself.
    Raises `RejectedError` with the reason where the input cannot be read.
    """
    item = _article(text_or_path, limits or Limits())
    if isinstance(item, Rejected):
        raise RejectedError(item.origin, item.reason, item.detail)
    return read_article(item, min_confidence=min_confidence)


def read_many(
    paths: Iterable[str | PathLike[str]], *, limits: Limits | None = None, min_confidence: float = 0.0
) -> Iterator[Ledger | Rejected]:
    """The ledger of each article in files, folders and glob patterns, or `-`, each as soon as it is read.

    What cannot be read is yielded as `Rejected` in its place; nothing is left out silently.
    """
    if not 0.0 <= min_confidence <= 1.0:
        raise UsageError(f"min_confidence is {min_confidence}, not between 0 and 1")

    for batch, begun in _ahead(_begun_batch, batches(readers.read_paths(paths, limits=limits or Limits()))):
        yield from _ledgers_or_rejected(batch, begun, min_confidence)


def read_article(article: Article, *, min_confidence: float = 0.0) -> Ledger:
    """The ledger of an article that is already a record; quotations below `min_confidence` are left out.

    An article that does not say its language is read as German.
    """
    if not 0.0 <= min_confidence <= 1.0:
        raise UsageError(f"min_confidence is {min_confidence}, not between 0 and 1")
    found = quotations.find(article, language(article.language or "de"))
    return _attributed(article, found, min_confidence)


def read_together(articles: Sequence[Article], *, min_confidence: float = 0.0) -> list[Ledger | Exception]:
    """What `read_article` returns or raises for each of some articles; together they take less time than one by one."""
    return _finished(articles, _begun(articles), min_confidence)


def _begun(articles: Sequence[Article]) -> "Begun | None":
    """The articles as the network reads them, or nothing where they are of several languages or one of them fails."""
    try:
        (code,) = {article.language or "de" for article in articles}
        return quotations.begin(articles, language(code))
    except Exception:
        return None


def _finished(articles: Sequence[Article], begun: "Begun | None", min_confidence: float) -> list[Ledger | Exception]:
    """The ledgers of articles, or what was raised; what was not begun together is read one by one."""
    try:
        found = quotations.finish(begun, language(articles[0].language or "de")) if begun else []
    except Exception:
        begun = None
    if begun is None:
        return [_or_error(partial(read_article, one, min_confidence=min_confidence)) for one in articles]
    return [
        _or_error(partial(_attributed, article, known, min_confidence))
        for article, known in zip(articles, found, strict=True)
    ]


def _or_error(read: Callable[[], Ledger]) -> Ledger | Exception:
    try:
        return read()
    except Exception as error:
        return error


def _attributed(article: Article, found: tuple[records.Quotation, ...], min_confidence: float) -> Ledger:
    """The ledger of an article whose quotations are found."""
    attributed = confident(sources.attribute(article, found, language(article.language or "de")), min_confidence)
    return Ledger(article=article, quotations=attributed, summary=sources.balance(article, attributed))


def batches(items: Iterable[_In]) -> Iterator[list[_In]]:
    """Items in batches to be read together, small ones first, so that the first answers come soon."""
    batch: list[_In] = []
    size, letters = 1, 0
    for item in items:
        batch.append(item)
        letters += len(item.text) if isinstance(item, Article) else 0
        if len(batch) >= size or letters >= LETTERS_TOGETHER:
            yield batch
            batch, letters = [], 0
            size = min(2 * size, TOGETHER)
    if batch:
        yield batch


def read_anew(article: Article, *, given: tuple[records.Quotation, ...] | None = None) -> Ledger:
    """The ledger of the article with what is known about it, but its furniture found and not taken as known.

    With `given` quotations only their sources are read, to see what the sources alone get right.
    """
    item = readers.read_text(article.text, origin=article.origin)
    plain = article
    if not isinstance(item, Rejected):
        plain = replace(
            article,
            title=article.title or item.title,
            credits=item.credits,
            authors=item.authors,
            furniture=item.furniture,
        )
    if given is None:
        return read_article(plain)
    attributed = sources.attribute(plain, given, language(plain.language or "de"))
    return Ledger(article=plain, quotations=attributed, summary=sources.balance(plain, attributed))


def confident(found: tuple[records.Quotation, ...], minimum: float) -> tuple[records.Quotation, ...]:
    """The quotations of at least `minimum` confidence; ids stay, references to those left out go."""
    return restricted(found, {quotation.id for quotation in found if quotation.confidence >= minimum})


def restricted(found: tuple[records.Quotation, ...], kept: Set[int]) -> tuple[records.Quotation, ...]:
    """The quotations whose ids are in `kept`; ids stay, references to others go."""
    if len(kept) == len(found):
        return found
    parents = {quotation.id: quotation.parent for quotation in found}

    def nearest_kept(parent: int | None) -> int | None:
        while parent is not None and parent not in kept:
            parent = parents.get(parent)
        return parent

    return tuple(
        replace(
            quotation,
            parent=nearest_kept(quotation.parent),
            disputes=tuple(i for i in quotation.disputes if i in kept),
            supports=tuple(i for i in quotation.supports if i in kept),
        )
        for quotation in found
        if quotation.id in kept
    )


def _article(text_or_path: str | PathLike[str], limits: Limits) -> Article | Rejected:
    if isinstance(text_or_path, str) and not _is_file(text_or_path):
        return readers.read_text(text_or_path, origin="text", limits=limits)
    return readers.read_file(Path(text_or_path), limits=limits)


def _is_file(text: str) -> bool:
    if len(text) > LONGEST_PATH or "\n" in text or "\0" in text:
        return False
    try:
        return Path(text).exists()
    except OSError:
        return False


def _ahead(function: Callable[[_In], _Out], items: Iterable[_In]) -> Iterator[_Out]:
    """The answers in the order of the items; while one is used, the next one is made in another thread.

    The network computes outside Python's lock, and what follows within, so that two cores are used, and no more.
    """
    waiting: deque[Future[_Out]] = deque()
    with ThreadPoolExecutor(1, "inquit-read") as pool:
        try:
            for item in items:
                waiting.append(pool.submit(function, item))
                if len(waiting) > AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _begun_batch(batch: list[Article | Rejected]) -> "tuple[list[Article | Rejected], Begun | None]":
    return batch, _begun([item for item in batch if isinstance(item, Article)])


def _ledgers_or_rejected(
    batch: list[Article | Rejected], begun: "Begun | None", min_confidence: float
) -> list[Ledger | Rejected]:
    """Never lets one article stop the others: a failure is a rejection that names the exception."""
    articles = [item for item in batch if isinstance(item, Article)]
    read = iter(_finished(articles, begun, min_confidence))
    return [_or_rejected(item, next(read)) if isinstance(item, Article) else item for item in batch]


def _or_rejected(article: Article, read: Ledger | Exception) -> Ledger | Rejected:
    if isinstance(read, UsageError):
        raise read
    if isinstance(read, Exception):
        return Rejected(origin=article.origin, reason="failed", detail=f"{type(read).__name__}: {read}")
    return read
