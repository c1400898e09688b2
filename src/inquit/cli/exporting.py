"""`inquit export`: statements into the formats of other tools."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from inquit.cli.asking import search
from inquit.cli.corpus import corpus_option
from inquit.cli.output import PIPE_CLOSED, REJECTED, say
from inquit.errors import RejectedError
from inquit.records import Ledger, SearchQuery

if TYPE_CHECKING:
    from inquit.cli.selecting import Filter
    from inquit.corpus import Corpus
    from inquit.exports.selection import Selection

FORMATS = ("parquet", "csv", "jsonl", "prov", "annotation", "schema")
_ENDINGS = {".parquet": "parquet", ".csv": "csv", ".jsonl": "jsonl"}
_FILTERS = ("speaker", "outlet", "since", "until", "type_", "naming", "stance", "disputed", "judged")


class _Count:
    """How much went out, and what did not."""

    def __init__(self) -> None:
        self.articles = self.statements = self.unread = self.rejected = 0

    def __call__(self, selections: "Iterator[Selection]") -> "Iterator[Selection]":
        for selection in selections:
            self.articles += 1
            self.statements += len(selection.statements())
            yield selection


@click.command()
@click.argument("out", metavar="OUT", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@corpus_option
@click.option(
    "--ledgers",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    help="Export the ledgers that `inquit read --json` printed, not a corpus; - for a pipe.",
)
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="The format.  [default: what the ending of OUT says]"
)
@click.option("--gold", is_flag=True, help="Only what people have judged: right and fixed statements, to learn from.")
@click.option("--words", default="", metavar="WORDS", help="Only statements with these words, as in `inquit search`.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Only statements of such confidence.")
def export(
    out: Path,
    *,
    corpus: str,
    ledgers: str | None,
    format_: str | None,
    gold: bool,
    words: str,
    min_confidence: float,
    type_: str | None,
    **filters: Any,
) -> None:
    """Write the statements of a corpus to OUT, or - for standard output, for other tools.

    OUT is written whole or not at all.
    """
    from inquit.cli.selecting import Filter, restricted
    from inquit.exports.formats import FORMATS as WRITERS

    name = format_ or _ENDINGS.get(out.suffix.lower())
    if name is None:
        raise click.UsageError(f"the name {out} does not tell a format; say it with --format")
    if name == "parquet" and str(out) == "-" and sys.stdout.isatty():
        raise click.UsageError("Parquet is not for a terminal; name a file, or a pipe")
    if not out.parent.is_dir():
        raise click.UsageError(f"there is no folder {out.parent}")
    if gold and (ledgers is not None or filters["judged"] is not None):
        raise click.UsageError("--gold is of a corpus and means all verdicts that are not wrong")
    wanted = Filter(query=SearchQuery(words=words, type=cast("Any", type_), **filters), min_confidence=min_confidence)
    count = _Count()
    with _sources(corpus, ledgers) as opened:
        wanted = _resolved(wanted, opened)
        found = count(wanted.select(_selections(opened, ledgers, count, gold=gold)))
        if name == "jsonl":
            found = map(restricted, found)
        with _sink(out) as sink:
            WRITERS[name].write(found, sink)
    _report(count, out)


# The filters are those of `inquit search`, so that what one has found there can be exported.
export.params[-3:-3] = [option for option in search.params if option.name in _FILTERS]


@contextmanager
def _sources(corpus: str, ledgers: str | None) -> "Iterator[Corpus | None]":
    """The corpus, if it is one that is exported."""
    from inquit.corpus import open_corpus

    if ledgers is not None:
        yield None
        return
    with open_corpus(corpus) as opened:
        yield opened


def _resolved(wanted: "Filter", opened: "Corpus | None") -> "Filter":
    """The filter with the id of the source, if its speaker is one."""
    from dataclasses import replace

    if opened is None or wanted.query.speaker is None:
        return wanted
    source = opened.source(wanted.query.speaker)
    return wanted if source is None else replace(wanted, source=source.id)


def _selections(opened: "Corpus | None", ledgers: str | None, count: _Count, *, gold: bool) -> "Iterator[Selection]":
    from inquit.exports.selection import Selection

    if opened is None:
        for ledger in _read_ledgers(ledgers or "-", count):
            yield Selection(ledger=ledger)
    elif gold:
        for ledger in opened.gold():
            yield Selection(ledger=ledger)
    else:
        for kept in opened.articles():
            if kept.summary is None:
                count.unread += 1
                continue
            ledger = Ledger(article=kept.article, quotations=kept.quotations, summary=kept.summary)
            yield Selection(ledger=ledger, verdicts=kept.verdicts, sources=kept.sources)


def _read_ledgers(path: str, count: _Count) -> Iterator[Ledger]:
    """The ledgers of a file; a line that is none is told and counted, and does not stop the others."""
    from inquit.exports import from_json

    with click.open_file(path, "rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield checked(from_json(line))
            except RejectedError as error:
                count.rejected += 1
                say(f"{path}, line {number}: {error.detail}")


def checked(ledger: Ledger) -> Ledger:
    """The ledger, if other programs can rely on it; raises `RejectedError` where spans or ids lead nowhere."""
    length = len(ledger.article.text)
    numbers = [q.id for q in ledger.quotations]
    spans = [
        span
        for q in ledger.quotations
        for of_role in (q.quote, q.speaker, q.cue, q.frame, q.addressee, q.hedges, [s.mention for s in q.chain])
        for span in of_role
    ]
    if any(not 0 <= begin <= end <= length for begin, end in spans):
        raise RejectedError("JSON", "unreadable", "not a ledger: a span lies outside the text")
    if len(set(numbers)) < len(numbers) or any(not 0 <= number < 1 << 31 for number in numbers):
        raise RejectedError("JSON", "unreadable", "not a ledger: ids of quotations must be numbers of their own")
    return ledger


@contextmanager
def _sink(out: Path) -> Iterator[BinaryIO]:
    """The file to write, which gets its name when it is whole; a device or a pipe is written as it comes."""
    if str(out) == "-":
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise click.exceptions.Exit(PIPE_CLOSED) from None  # the command line library would exit with 1
    elif out.exists() and not out.is_file():
        with out.open("wb") as sink:
            yield sink
    else:
        draft = out.with_name(f".{out.name}.part")
        try:
            with draft.open("wb") as sink:
                yield sink
                sink.flush()
                os.fsync(sink.fileno())
            draft.replace(out)
        finally:
            draft.unlink(missing_ok=True)


def _report(tally: _Count, out: Path) -> None:
    from inquit.exports.wording import count

    if str(out) != "-":
        say(f"wrote {out}: {count(tally.statements, 'statement')} of {count(tally.articles, 'article')}")
    if tally.unread:
        say(f"left out {count(tally.unread, 'article')} not read yet; see `inquit reread`")
    if tally.rejected:
        say(f"left out {count(tally.rejected, 'line')} that no ledger is in")
        raise click.exceptions.Exit(REJECTED)
