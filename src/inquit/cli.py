"""The command line: one function a command; the only file that prints.

Exit status: 0 when all inputs were read, 1 when some were rejected or output could not be written, 2 for wrong usage,
130 after Ctrl-C, 141 when the reader of a pipe has gone.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from inquit import exports, readers, settings
from inquit.errors import InquitError
from inquit.ledger import Ledger, read_many
from inquit.records import Rejected

if TYPE_CHECKING:
    from rich.progress import Progress

HANDFUL = 5
"""Number of inputs above which a terminal shows a progress bar."""

REJECTED, USAGE, INTERRUPTED, PIPE_CLOSED = 1, 2, 130, 141


class _Commands(click.Group):
    """Commands in the order in which they are defined, which is the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="inquit", message="inquit %(version)s")
def inquit() -> None:
    """Say for every statement of a news article who said it, on whose word, how firmly, and who disputes it."""


@inquit.command()
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

    PATH is a text or HTML file, a folder (read with all its subfolders), a glob pattern, or - for standard input.
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
                _say(f"{item.origin}: {item.reason}: {item.detail}")
                continue
            n_read += 1
            if as_json:
                _print_line(exports.to_json(item))
            elif not keep:
                _print_ledger(item, why=why, first=n_read == 1)
            if keep:
                kept.append(item)
    for path, text in _reports(kept, html=html, markdown=markdown):
        _write(path, text)
        _say(f"wrote {path}")
    if rejected:
        reasons = ", ".join(f"{n} {reason}" for reason, n in rejected.most_common())
        _say(f"{n_read} read, {sum(rejected.values())} rejected ({reasons})")
        raise click.exceptions.Exit(REJECTED)


def main() -> NoReturn:
    """Run the command line and exit."""
    try:
        inquit.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        _exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        _exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted; what was printed is complete")
        _exit(INTERRUPTED)
    except BrokenPipeError:
        _exit(PIPE_CLOSED)
    except InquitError as error:
        _say(str(error))
        _exit(USAGE)
    except OSError as error:
        _say(f"cannot write the output: {error}")
        _exit(REJECTED)
    _exit(0)


def _exit(status: int) -> NoReturn:
    """Exit with `status`; a closed pipe found by the last flush is no traceback."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = PIPE_CLOSED
    except OSError as error:
        _say(f"cannot write the output: {error}")
        status = REJECTED
    if status == PIPE_CLOSED:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


@contextmanager
def _progress(paths: tuple[str, ...]) -> Iterator["_Shown"]:
    """A progress bar on standard error, where that is a terminal and there is more than a handful to read."""
    total = readers.count_inputs(paths) if sys.stderr.isatty() and "-" not in paths else 0
    if total <= HANDFUL:
        yield _Shown(None, 0)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Shown(bar, total)


class _Shown:
    """Passes items through and advances the bar, if there is one."""

    def __init__(self, bar: "Progress | None", total: int) -> None:
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


def _write(path: Path, text: str) -> None:
    """Write whole or not at all: a report that cannot be finished does not replace an older one."""
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _print_line(line: bytes) -> None:
    """One JSON object, whole, at once, so that what a reader of the pipe has is always valid."""
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def _print_ledger(ledger: Ledger, *, why: bool, first: bool) -> None:
    if not first:
        click.echo()
    click.echo(exports.to_terminal(ledger, why=why, stream=sys.stdout))


def _say(message: str) -> None:
    """One line on standard error, without control characters."""
    click.echo("inquit: " + "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in message), err=True)
