"""`inquit stories`, `inquit claims`, and what `inquit show` shows of one of them."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click
import msgspec

from inquit.cli.adding import Stop
from inquit.cli.corpus import corpus_option, json_option, limit_option, print_json, print_text
from inquit.cli.output import INTERRUPTED, say, write
from inquit.records import Article, ClaimQuery, Compared, KeptClaim, KeptStory, StoryArticle, StoryQuery

if TYPE_CHECKING:
    from inquit.corpus import Corpus
    from inquit.exports.claimsview import ClaimContext

MOST_CLAIMS = 1_000
"""Claims of one story that are shown with it; a story of sixty articles has some fifty."""

_Command = TypeVar("_Command", bound=Callable[..., Any])


def compare_option(command: _Command) -> _Command:
    """The option that takes the comparison as it is."""
    return click.option(
        "--compare/--no-compare",
        default=True,
        help="Bring stories and claims up to date first, or answer from what is compared already.  [default: compare]",
    )(command)


def offset_option(command: _Command) -> _Command:
    """The option that turns pages."""
    return click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out so many at the beginning.")(
        command
    )


@click.command()
@click.argument("words", nargs=-1)
@corpus_option
@click.option("--outlet", help="Only stories with an article of this outlet; words of its name.")
@click.option(
    "--since", metavar="TIME", help="An article was published then or later: 2025, 2025-09, 2025-09-10T05:30."
)
@click.option("--until", metavar="TIME", help="An article was published then or earlier; a day is meant to its end.")
@click.option(
    "--articles", type=click.IntRange(min=1), default=2, show_default=True, help="Of so many articles or more."
)
@click.option("--outlets", type=click.IntRange(min=0), default=0, help="Of so many outlets or more.")
@click.option("--sort", type=click.Choice(("outlets", "time")), default="time", show_default=True, help="Order.")
@limit_option
@offset_option
@compare_option
@json_option
def stories(words: tuple[str, ...], *, corpus: str, compare: bool, as_json: bool, **filters: Any) -> None:
    """Show which articles are on the same event, and who copied, retold or cited whom.

    All WORDS must begin words of the titles, or of the terms that hold the story together.
    """
    query = StoryQuery(words=" ".join(words), **filters)
    with up_to_date(corpus, compare=compare, as_json=as_json) as opened:
        found = opened.stories(query)
        if as_json:
            _print_rows(_story_row(one) for one in found)
        elif found:
            click.echo(_stories_shown(opened, found))
    if not found:
        say("nothing found")


@click.command()
@click.argument("words", nargs=-1)
@corpus_option
@click.option("--outlet", help="Only claims that this outlet carries; words of its name.")
@click.option("--since", metavar="TIME", help="First seen then or later: 2025, 2025-09, 2025-09-10, 2025-09-10T05:30.")
@click.option("--until", metavar="TIME", help="First seen then or earlier; a day is meant to its end.")
@click.option("--story", help="Only claims of this story, by its id.")
@click.option("--circular/--not-circular", default=None, help="Only claims that run in a circle, or that do not.")
@click.option(
    "--unnamed/--named", default=None, help="Only claims none of whose sources is named, or with a named one."
)
@click.option("--disputed/--undisputed", default=None, help="Only claims that somebody denies, or nobody.")
@click.option("--outlets", type=click.IntRange(min=0), default=0, help="Carried by so many outlets or more.")
@click.option("--sources", type=click.IntRange(min=0), help="Resting on so many independent sources or fewer.")
@click.option("--sort", type=click.Choice(("outlets", "time")), default="outlets", show_default=True, help="Order.")
@limit_option
@offset_option
@compare_option
@json_option
def claims(words: tuple[str, ...], *, corpus: str, compare: bool, as_json: bool, **filters: Any) -> None:
    """Show what several statements claim, in how many outlets, and on how many independent sources it rests.

    All WORDS must begin words of the statements or of the names of their sources.
    """
    from inquit.exports.claimsterminal import claims_table

    query = ClaimQuery(words=" ".join(words), **filters)
    with up_to_date(corpus, compare=compare, as_json=as_json) as opened:
        found = opened.claims(query)
        if as_json:
            _print_rows(_claim_row(one) for one in found)
        elif found:
            click.echo(claims_table([one.claim for one in found], _context((), found), stream=sys.stdout))
    if not found:
        say("nothing found")


def is_story(identifier: str) -> bool:
    """Whether an id is that of a story, or the beginning of one."""
    return identifier.startswith("s-")


def is_claim(identifier: str) -> bool:
    """Whether an id is that of a claim, or the beginning of one."""
    return identifier.startswith("c-")


def show_story(corpus: str, identifier: str, *, html: Path | None, compare: bool, as_json: bool) -> None:
    """One story: its articles, who has what from whom, and its claims."""
    with up_to_date(corpus, compare=compare, as_json=as_json) as opened:
        kept = opened.story(identifier)
        found = _claims_of(opened, kept)
    if html is not None:
        _write_html([kept], found, html)
    elif as_json:
        _print_rows([{**_story_row(kept), "claims": [_claim_row(one) for one in found]}])
    else:
        from inquit.exports.claimsterminal import claims_table, stories_table

        context = _context([kept], found)
        held = [one.claim for one in found]
        click.echo(stories_table([kept.story], context, claims=held, stream=sys.stdout))
        _print_links(kept)
        if held:
            click.echo()
            click.echo(claims_table(held, context, stream=sys.stdout))


def show_claim(corpus: str, identifier: str, *, html: Path | None, why: bool, compare: bool, as_json: bool) -> None:
    """One claim: who has it from whom, on which sources it rests, who denies it."""
    with up_to_date(corpus, compare=compare, as_json=as_json) as opened:
        kept = opened.claim(identifier)
        story = opened.story(kept.claim.story)
    if html is not None:
        _write_html([story], [kept], html)
    elif as_json:
        _print_rows([_claim_row(kept)])
    else:
        from inquit.exports.claimsdrawing import claim_to_terminal

        context = _context([story], [kept])
        click.echo(claim_to_terminal(kept.claim, context, stream=sys.stdout, statements=why))


@contextmanager
def up_to_date(corpus: str, *, compare: bool, as_json: bool) -> "Iterator[Corpus]":
    """The open corpus with its stories and claims up to date, unless that is not wanted or it cannot be written to."""
    with _opened(corpus, write=compare) as (opened, writable), Stop() as stop:
        waiting = opened.waiting()
        if compare and writable and (waiting.articles_waiting or waiting.stories_waiting):
            waiting = _compared(opened, waiting, stop)
        if waiting.articles_waiting or waiting.stories_waiting:
            _say_waiting(waiting, as_json=as_json)
        if stop():
            say("interrupted; what was compared is in the corpus, and the next run compares the rest")
            raise click.exceptions.Exit(INTERRUPTED)
        yield opened


@contextmanager
def _opened(corpus: str, *, write: bool) -> "Iterator[tuple[Corpus, bool]]":
    """The open corpus, and whether it can be written to; one that only can be read is read."""
    from inquit.corpus import open_corpus
    from inquit.errors import CorpusError

    try:
        opened, writable = open_corpus(corpus, write=write), write
    except CorpusError:
        if not write:
            raise
        opened, writable = open_corpus(corpus), False
    with opened:
        yield opened, writable


def _compared(opened: "Corpus", waiting: Compared, stop: Stop) -> Compared:
    """Compare, with a bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        return opened.compare(stop=stop)
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        comparing = bar.add_task("comparing articles", total=waiting.articles_waiting or None)

        def told(so_far: Compared) -> None:
            together = not so_far.articles_waiting
            done, rest = (
                (so_far.stories, so_far.stories_waiting) if together else (so_far.articles, so_far.articles_waiting)
            )
            words_ = "putting stories together" if together else "comparing articles"
            bar.update(comparing, completed=done, total=done + rest, description=f"{words_}, {rest} to go")

        return opened.compare(stop=stop, told=told)


def _say_waiting(waiting: Compared, *, as_json: bool) -> None:
    """What the answer does not know of."""
    if as_json:
        click.echo(msgspec.json.encode(waiting).decode(), err=True)
        return
    articles, held = waiting.articles_waiting, waiting.stories_waiting
    say(f"not up to date: {articles} articles to be compared, {held} stories to be put together")


def _claims_of(opened: "Corpus", kept: KeptStory) -> list[KeptClaim]:
    return opened.claims(ClaimQuery(story=kept.story.id, limit=MOST_CLAIMS))


def _stories_shown(opened: "Corpus", found: list[KeptStory]) -> str:
    from inquit.exports.claimsterminal import stories_table

    held = [one.claim for kept in found for one in _claims_of(opened, kept)]
    return stories_table([kept.story for kept in found], _context(found, ()), claims=held, stream=sys.stdout)


def _context(found: Iterable[KeptStory], held: Iterable[KeptClaim]) -> "ClaimContext":
    """What the drawings need of the stories and articles around claims."""
    from inquit.exports.claimsview import ClaimContext

    kept = list(found)
    listed = [*(one for each in kept for one in each.articles), *(one for each in held for one in each.articles)]
    articles = {one.id: _article(one) for one in listed}
    return ClaimContext(stories={one.story.id: one.story for one in kept}, articles=articles)


def _article(listed: StoryArticle) -> Article:
    """What is known of an article, without its text."""
    return Article(
        id=listed.id,
        origin=listed.url or listed.id,
        text="",
        title=listed.title,
        outlet=listed.outlet,
        url=listed.url,
        published=listed.published,
    )


def _print_links(kept: KeptStory) -> None:
    """The articles of a story in the order of time, each with what it has from others and why."""
    named = {one.id: one.outlet or one.id for one in kept.articles}
    for one in kept.articles:
        when = (one.published or "no time").replace("T", " ")[:16]
        click.echo()
        print_text(f"{when}  {named[one.id]}: {one.title or 'no title'}")
        print_text(f"  {one.url or one.id}")
        for link in kept.story.links:
            if link.derived == one.id:
                original = named.get(link.original or "", link.outlet or "?")
                missing = "" if link.original else ", of which there is no article here"
                print_text(f"  {_HOW[link.how]} {original}{missing}")
                for reason in link.why:
                    print_text(f"    {reason}")


_HOW = {"copy": "copy of", "abridged": "abridged from", "rewrite": "retells", "cites": "cites"}


def _write_html(found: list[KeptStory], held: list[KeptClaim], path: Path) -> None:
    from inquit.exports.claimshtml import claims_to_html

    write(path, claims_to_html([one.claim for one in held], _context(found, held)))


def _story_row(kept: KeptStory) -> dict[str, Any]:
    from inquit.stories import story_row

    return story_row(kept.story, _names(kept.articles))


def _claim_row(kept: KeptClaim) -> dict[str, Any]:
    from inquit.stories import claim_row

    return claim_row(kept.claim, _names(kept.articles))


def _names(articles: Iterable[StoryArticle]) -> dict[str, str]:
    return {one.id: one.url for one in articles if one.url}


def _print_rows(rows: Iterable[Any]) -> None:
    for row in rows:
        print_json(cast("object", row))
