"""`inquit read`: articles in, ledgers out."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inquit import exports, readers, settings
from inquit.cli.output import REJECTED, SKIPPED, print_line, print_text, say, say_skipped, write
from inquit.ledger import Ledger, read_many
from inquit.records import Rejected

if TYPE_CHECKING:
    from rich.progress import Progress

HANDFUL = 5
"""Number of inputs above which a terminal shows a progress bar."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--json", "as_json", is_flag=True, help="Print the ledger format: one JSON object a line and article.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a self-contained HTML report.")
@click.option("--markdown", type=click.Path(dir_okay=False, path_type=Path), help="Write a Markdown report.")
@click.option("--why", is_flag=True, help="Print the reasons for every label.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out statements of lower confidence.",
)
def read(
    paths: tuple[str, ...], *, as_json: bool, html: Path | None, markdown: Path | None, why: bool, min_confidence: float
) -> None:
    """Read articles and print a ledger of each: who said what, on whose word.

    PATH is a text or HTML file, JSONL, JSON, CSV, Parquet, WARC, RSS or Atom, packed or not, a folder of such files
    (read with all its subfolders), a glob pattern, or - for standard input.
    """
    limits = settings.limits()
    keep = html is not None or markdown is not None
    kept: list[Ledger] = []
    rejected: Counter[str] = Counter()
    n_read = 0
    with _progress(paths) as items_of:
        for item in items_of(read_many(paths, limits=limits, min_confidence=min_confidence)):
            if isinstance(item, Rejected):
                rejected[item.reason] += 1
                if item.reason != SKIPPED:
                    say(f"{item.origin}: {item.reason}: {item.detail}")
                continue
            n_read += 1
            if as_json:
                print_line(exports.to_json(item))
            elif not keep:
                _print_ledger(item, why=why, first=n_read == 1)
            if keep:
                kept.append(item)
    for path, text in _reports(kept, html=html, markdown=markdown):
        write(path, text)
        say(f"wrote {path}")
    say_skipped(rejected.pop(SKIPPED, 0))
    if rejected:
        reasons = ", ".join(f"{n} {reason}" for reason, n in rejected.most_common())
        say(f"{n_read} read, {sum(rejected.values())} rejected ({reasons})")
        raise click.exceptions.Exit(REJECTED)


@contextmanager
def _progress(paths: tuple[str, ...]) -> Iterator["_Shown"]:
    """A progress bar on standard error, where that is a terminal and there is more than a handful to read."""
    is_shown = sys.stderr.isatty() and "-" not in paths
    total = readers.count_inputs(paths) if is_shown else 0
    if total is not None and total <= HANDFUL:
        yield _Shown(None, 0)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Shown(bar, total)


class _Shown:
    """Passes items through and advances the bar, if there is one."""

    def __init__(self, bar: "Progress | None", total: int | None) -> None:
        self.bar = bar
        self.task = bar.add_task("reading", total=total) if bar else None

    def __call__(self, items: Iterable[Ledger | Rejected]) -> Iterator[Ledger | Rejected]:
        for item in items:
            yield item
            if self.bar is not None and self.task is not None:
                self.bar.advance(self.task)


def _reports(ledgers: list[Ledger], *, html: Path | None, markdown: Path | None) -> Iterator[tuple[Path, str]]:
    if html is not None:
        yield html, exports.to_html(ledgers)
    if markdown is not None:
        yield markdown, exports.to_markdown(ledgers)


def _print_ledger(ledger: Ledger, *, why: bool, first: bool) -> None:
    if not first:
        print_text("")
    print_text(exports.to_terminal(ledger, why=why, stream=sys.stdout))
