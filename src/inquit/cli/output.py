"""What commands share of the outside: standard output, standard error, files and the exit status."""

import logging
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from inquit.records import Reason

REJECTED, USAGE, INTERRUPTED, PIPE_CLOSED = 1, 2, 130, 141
"""Exit status where some input was rejected or output failed, usage was wrong, Ctrl-C came, a pipe closed."""

SKIPPED: Reason = "skipped"
"""The reason of files that are no articles and that nobody named: they are counted, and no failure."""


class PipeClosedError(Exception):
    """The program that reads standard output has gone; click would make a failure of it."""


def say(message: str) -> None:
    """One line on standard error, without control characters."""
    click.echo("inquit: " + "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in message), err=True)


def say_skipped(number: int) -> None:
    """How many files of folders were no articles, where there were any."""
    if number:
        say(f"{number} file{'' if number == 1 else 's'} of other types in folders skipped")


class Warnings(logging.Handler):
    """What the rooms warn of, as lines on standard error like the program's other messages."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say it."""
        say(record.getMessage())


def write(path: Path, text: str) -> None:
    """Write whole or not at all: a report that cannot be finished does not replace an older one."""
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def print_line(line: bytes) -> None:
    """One JSON object, whole, at once, so that what a reader of the pipe has is always valid."""
    try:
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        raise PipeClosedError from error


def print_text(text: str) -> None:
    """A text for people, with the line break at its end; colour codes go only to a terminal."""
    try:
        click.echo(text)
    except BrokenPipeError as error:
        raise PipeClosedError from error


def leave(status: int) -> NoReturn:
    """Exit with `status`; a closed pipe found by the last flush is no traceback."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = PIPE_CLOSED
    except OSError as error:
        say(f"cannot write the output: {error}")
        status = REJECTED
    if status == PIPE_CLOSED:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)
