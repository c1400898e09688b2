"""`inquit add` and `inquit reread`: articles into a corpus."""

import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from inquit.cli.corpus import corpus_option, json_option, print_json
from inquit.cli.output import INTERRUPTED, REJECTED, SKIPPED, say, say_skipped
from inquit.records import Kept, Rejected

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from inquit.corpus import Corpus
    from inquit.readers import Limits, Meter

RATE_PERIOD = 120.0
"""Seconds over which the remaining time is estimated."""

_NAMES = {
    "added": "added",
    "version": "new versions",
    "unchanged": "unchanged",
    "unread": "kept unread",
    "failed": "kept, but reading failed",
    "reread": "read again",
}


def workers_option(command: click.decorators.FC) -> click.decorators.FC:
    """The option for the number of processes."""
    return click.option(
        "--workers", type=click.IntRange(min=1), help="Processes that read.  [default: as many as there are cores]"
    )(command)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@corpus_option
@workers_option
@json_option
def add(paths: tuple[str, ...], *, corpus: str, workers: int | None, as_json: bool) -> None:
    """Read articles into a corpus; what is there already is not read again.

    PATH is what `inquit read` takes, or a folder that `inquit spark read` made, in which nothing is read again.
    A killed or interrupted run is completed by the next one.
    """
    from inquit import readers, settings
    from inquit.corpus import open_corpus
    from inquit.workers import default_workers

    limits = settings.limits()
    on_terminal = sys.stderr.isatty()
    total = readers.count_inputs(paths) if on_terminal else None
    meter = readers.meter(paths) if on_terminal and total is None else None
    with open_corpus(corpus, create=True) as opened, Stop() as stop:
        kept = _added(opened, paths, limits, workers or default_workers(), stop, meter=meter)
        _report(kept, stop, total=total, meter=meter, as_json=as_json)


@click.command()
@corpus_option
@workers_option
@click.option("--all", "everything", is_flag=True, help="Read all articles again, not only those that are due.")
@json_option
def reread(*, corpus: str, workers: int | None, everything: bool, as_json: bool) -> None:
    """Read again what was not read, what failed, and what other weights read; verdicts, merges and splits stay."""
    from inquit.corpus import open_corpus
    from inquit.workers import default_workers

    with open_corpus(corpus, write=True) as opened, Stop() as stop:
        n, kept = opened.reread(everything=everything, workers=workers or default_workers(), stop=stop)
        _report(kept, stop, total=n, as_json=as_json)


def _added(
    corpus: "Corpus", paths: tuple[str, ...], limits: "Limits", workers: int, stop: "Stop", *, meter: "Meter | None"
) -> Iterator[Kept | Rejected]:
    """What becomes of each input: neighbouring paths are read together, ready ledgers are taken as they are."""
    from inquit.exports.ledgertable import holds_ledgers

    for ready, together in groupby(paths, key=lambda path: holds_ledgers(Path(path))):
        if not ready:
            yield from corpus.add(list(together), limits=limits, workers=workers, stop=stop, progress=meter)
            continue
        for path in together:
            yield from corpus.add_ledgers(path, stop=stop)


class Stop:
    """Whether Ctrl-C was pressed: the first lets the article in hand be finished, the second stops at once."""

    def __init__(self) -> None:
        self._asked = False

    def __call__(self) -> bool:
        """Whether it was pressed."""
        return self._asked

    def __enter__(self) -> "Stop":
        self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
        say("stopping after the article in hand; press Ctrl-C again to stop at once")


def _report(
    items: Iterable[Kept | Rejected], stop: Stop, *, total: int | None, as_json: bool, meter: "Meter | None" = None
) -> None:
    """Print what becomes of each input, and at the end how many of each."""
    outcomes: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    statements = 0
    with _progress(total, meter) as show:
        for item in items:
            if isinstance(item, Rejected):
                reasons[item.reason] += 1
                if item.reason != SKIPPED:
                    say(f"{item.origin}: {item.reason}: {item.detail}")
            else:
                outcomes[item.outcome] += 1
                statements += item.statements if item.outcome in {"added", "version", "reread"} else 0
                if item.outcome == "failed":
                    say(f"{item.origin}: failed: {item.detail}")
            if as_json:
                print_json({"outcome": "rejected", **_fields(item)} if isinstance(item, Rejected) else item)
            show(item)
    skipped = reasons.pop(SKIPPED, 0)
    told = [f"{outcomes[name]} {words}" for name, words in _NAMES.items() if outcomes[name]]
    if reasons:
        told.append(f"{sum(reasons.values())} rejected ({', '.join(f'{n} {r}' for r, n in reasons.most_common())})")
    say_skipped(skipped)
    say(f"{', '.join(told) or 'nothing to do'}; {statements} new statements")
    if stop():
        say("interrupted; all that was counted is in the corpus, and the next run adds the rest")
        raise click.exceptions.Exit(INTERRUPTED)
    if reasons or outcomes["failed"]:
        raise click.exceptions.Exit(REJECTED)


def _fields(item: Rejected) -> dict[str, str]:
    return {"origin": item.origin, "reason": item.reason, "detail": item.detail}


@contextmanager
def _progress(total: int | None, meter: "Meter | None") -> Iterator["_Shown"]:
    """A bar with rate, remaining time and rejected count on standard error, where that is a terminal.

    It fills with the articles where their number is known, else with the bytes of their files.
    """
    if not sys.stderr.isatty():
        yield _Shown(None, None, None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), TextColumn("{task.fields[told]}"), TimeRemainingColumn())
    # Articles come in batches: over a short period their rate is nothing or thousands.
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=RATE_PERIOD) as bar:
        whole = total if meter is None else meter.total
        yield _Shown(bar, bar.add_task("reading", total=whole, told="reading"), meter)


class _Shown:
    """Counts items on the bar, if there is one."""

    def __init__(self, bar: "Progress | None", task: "TaskID | None", meter: "Meter | None") -> None:
        self._bar = bar
        self._task = task
        self._meter = meter
        self._items = self._rejected = 0
        self._began = time.monotonic()

    def __call__(self, item: Kept | Rejected) -> None:
        self._items += 1
        self._rejected += isinstance(item, Rejected) and item.reason != SKIPPED
        if self._bar is None or self._task is None:
            return
        rate = self._items / max(time.monotonic() - self._began, 1.0)
        told = f"{self._items} read, {rate:.{0 if rate > 3 else 1}f} a second, {self._rejected} rejected"
        done = self._items if self._meter is None else self._meter.read
        self._bar.update(self._task, completed=done, told=told)
