"""`inquit watch`: feeds into a corpus."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inquit.cli.adding import Stop
from inquit.cli.corpus import corpus_option, json_option, print_json
from inquit.cli.output import INTERRUPTED, REJECTED, say
from inquit.errors import UsageError
from inquit.records import Kept, Rejected

if TYPE_CHECKING:
    from inquit.watching import Polled

STEP = 0.5
"""Seconds after which a pause looks whether Ctrl-C was pressed."""


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEED|OPML...")
@corpus_option
@click.option("--once", is_flag=True, help="Ask each feed once and end, as for cron.")
@click.option(
    "--interval",
    type=click.FloatRange(min=1),
    default=15.0,
    show_default=True,
    help="Minutes from one poll to the next.",
)
@click.option("--allow-private", is_flag=True, help="Fetch from private, loopback and link-local addresses, too.")
@click.option(
    "--memory",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file that remembers what was seen.  [default: beside the corpus, with .feeds.json at its end]",
)
@json_option
def watch(
    feeds: tuple[str, ...],
    *,
    corpus: str,
    once: bool,
    interval: float,
    allow_private: bool,
    memory: Path | None,
    as_json: bool,
) -> None:
    """Follow feeds into a corpus: ask them again and again, and add the articles that are new.

    FEED is the address of an RSS or Atom feed, OPML a file that lists some.
    """
    _need_httpx()
    from inquit import settings, watching
    from inquit.corpus import open_corpus
    from inquit.fetching import Rules

    addresses = watching.feeds_of(feeds)
    limits = settings.limits()
    rules = Rules(allow_private=allow_private, max_bytes=limits.max_bytes, agent=watching.agent())
    with open_corpus(corpus, create=True) as opened, Stop() as stop:
        polling = watching.Watch(
            corpus=opened,
            memory_path=memory or watching.memory_path(corpus),
            rules=rules,
            limits=limits,
            stop=stop,
        )
        while True:
            began = time.monotonic()
            told = _Told(as_json=as_json)
            told.report(polling.poll(addresses))
            while not once and not stop() and time.monotonic() - began < interval * 60:
                time.sleep(STEP)
            if once or stop():
                break
    if stop():
        raise click.exceptions.Exit(INTERRUPTED)
    if told.problems:
        raise click.exceptions.Exit(REJECTED)


@dataclass
class _Told:
    """What a poll brought, said as it comes and counted at its end."""

    as_json: bool
    outcomes: Counter[str] = field(default_factory=Counter)
    statements: int = 0
    rejected: int = 0
    polled: int = 0
    left: int = 0
    problems: int = 0

    def report(self, items: "Iterable[Kept | Rejected | Polled]") -> None:
        """Print each item, and a line that sums them up."""
        for item in items:
            if isinstance(item, Kept):
                self._kept(item)
            elif isinstance(item, Rejected):
                self.rejected += 1
                say(f"{item.origin}: {item.reason}: {item.detail}")
                self._print(
                    {"outcome": "rejected", "origin": item.origin, "reason": item.reason, "detail": item.detail}
                )
            else:
                self._polled(item)
        more = [f"{n} {words}" for n, words in ((self.rejected, "rejected"), (self.left, "left for later")) if n]
        kept = [f"{self.outcomes['added']} added", f"{self.outcomes['version']} new versions", *more]
        feeds = f"{self.polled} feed{'' if self.polled == 1 else 's'}"
        say(f"{feeds}: {', '.join(kept)}; {self.statements} new statements")

    def _kept(self, item: Kept) -> None:
        self.outcomes[item.outcome] += 1
        self.statements += item.statements if item.outcome in {"added", "version"} else 0
        if item.outcome == "failed":
            say(f"{item.origin}: failed: {item.detail}")
        self._print(item)

    def _polled(self, item: "Polled") -> None:
        self.polled += 1
        self.left += item.left
        self.problems += item.problem is not None
        if item.problem:
            say(f"{item.feed}: {item.problem}")
        self._print(
            {"outcome": "polled", "feed": item.feed, "new": item.new, "left": item.left, "problem": item.problem}
        )

    def _print(self, record: object) -> None:
        if self.as_json:
            print_json(record)


def _need_httpx() -> None:
    try:
        import httpx  # noqa: F401
    except ModuleNotFoundError as error:
        raise UsageError("inquit watch needs httpx, which is not installed: pip install 'inquit[watch]'") from error
