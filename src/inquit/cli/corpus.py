"""What the commands on a corpus share: which corpus, how JSON is printed, how a person reads a hit."""

from collections.abc import Callable
from typing import Any, TypeVar

import click
import msgspec

from inquit.cli.output import print_line
from inquit.records import SearchHit, SourceProfile, Span

DEFAULT = "inquit.db"

_Command = TypeVar("_Command", bound=Callable[..., Any])


def corpus_option(command: _Command) -> _Command:
    """The option that names the corpus."""
    return click.option(
        "--corpus",
        default=DEFAULT,
        show_default=True,
        envvar="INQUIT_CORPUS",
        show_envvar=True,
        help="The corpus: a file, or a URL such as postgresql://user@host/name.",
    )(command)


def json_option(command: _Command) -> _Command:
    """The option for programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")(command)


def limit_option(command: _Command) -> _Command:
    """The option that bounds the answer."""
    return click.option(
        "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Print at most this many."
    )(command)


def print_json(record: object) -> None:
    """A record as one line of JSON; halves of surrogate pairs, which JSON cannot carry, are replaced."""
    try:
        print_line(msgspec.json.encode(record))
    except UnicodeEncodeError:
        text = msgspec.json.encode(_plain(msgspec.to_builtins(record)))
        print_line(text)


def print_text(text: str) -> None:
    """One line for a person, without what could move the cursor of a terminal."""
    click.echo("".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text))


def print_hit(hit: SearchHit) -> None:
    """A hit in three lines: who and how, the words with those found marked, where."""
    labels = [hit.type, hit.stance if hit.stance != "assert" else None, "disputed" if hit.disputed else None]
    labels += [hit.naming if hit.naming != "named" else None, f"judged {hit.verdict}" if hit.verdict else None]
    if hit.kind == "statement":
        print_text(f"{hit.speaker or 'no source'}  ({', '.join(filter(None, labels))})")
    else:
        print_text(hit.title or "article")
    print_text(f"  {marked(hit)}")
    where = ", ".join(filter(None, (hit.outlet, (hit.published or "").replace("T", " ")[:16])))
    print_text(f"  {hit.id}  {where}")


def marked(hit: SearchHit) -> str:
    """The snippet, with an ellipsis where an article goes on."""
    return hit.snippet if hit.kind == "statement" else f"… {hit.snippet} …"


def print_source(source: SourceProfile) -> None:
    """A source in two or three lines."""
    period = " to ".join(dict.fromkeys(time[:10] for time in (source.first, source.last) if time))
    known = f"  ({', '.join(said.partition(':')[2] for said in source.known_as)})" if source.known_as else ""
    statements = f"{source.statements} statement{'' if source.statements == 1 else 's'}"
    print_text(f"{source.name}{known}  {source.kind}, {source.naming}")
    print_text(f"  {source.id}  {statements}{f', {period}' if period else ''}")
    through = [f"{one.outlet or 'no outlet'} {one.statements}" for one in source.outlets[:6]]
    if len(source.outlets) > len(through):
        through.append(f"{len(source.outlets) - len(through)} more")
    if through:
        print_text(f"  through {', '.join(through)}")


def span(text: str) -> Span:
    """`BEGIN-END` as a span."""
    begin, _, end = text.partition("-")
    if not (begin.isdecimal() and end.isdecimal() and int(begin) < int(end)):
        raise click.BadParameter(f"{text!r} is not BEGIN-END, two offsets into the article's text")
    return Span(int(begin), int(end))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
