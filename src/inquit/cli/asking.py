"""`inquit search`, `inquit sources` and `inquit show`: questions to a corpus."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
import msgspec

from inquit.cli.corpus import (
    corpus_option,
    json_option,
    limit_option,
    print_hit,
    print_json,
    print_source,
    print_text,
)
from inquit.cli.output import say
from inquit.cli.stories import compare_option, is_claim, is_story, show_claim, show_story
from inquit.records import (
    JUDGEMENTS,
    KINDS,
    NAMINGS,
    STANCES,
    TYPES,
    KeptArticle,
    SearchQuery,
    SourceProfile,
    SourceQuery,
)

if TYPE_CHECKING:
    from inquit.corpus import Corpus


@click.command()
@click.argument("words", nargs=-1)
@corpus_option
@click.option("--speaker", help="Words of the name of the primary source, or the id of a source.")
@click.option("--outlet", help="Words of the outlet's name.")
@click.option("--since", metavar="TIME", help="Published then or later: 2025, 2025-09, 2025-09-10, 2025-09-10T05:30.")
@click.option("--until", metavar="TIME", help="Published then or earlier; a day is meant to its end.")
@click.option("--type", "type_", type=click.Choice(TYPES), help="Only statements of this type.")
@click.option("--naming", type=click.Choice(NAMINGS), help="Only statements whose source is so named.")
@click.option("--stance", type=click.Choice(STANCES), help="Only statements with this stance.")
@click.option("--disputed/--undisputed", default=None, help="Only statements that somebody disputes, or nobody.")
@click.option("--judged", type=click.Choice(JUDGEMENTS), help="Only statements with this verdict.")
@click.option(
    "--in",
    "among",
    type=click.Choice(("everything", "statements", "articles")),
    default="everything",
    show_default=True,
    help="Where to search.",
)
@click.option("--sort", type=click.Choice(("relevance", "time")), default="relevance", show_default=True, help="Order.")
@limit_option
@json_option
def search(words: tuple[str, ...], *, corpus: str, type_: str | None, as_json: bool, **filters: Any) -> None:
    """Search statements and articles.

    All WORDS must be there. A word of four letters or more also finds words that begin with it, and words between
    quotation marks are a phrase. Without WORDS the filters alone decide.
    """
    from inquit.corpus import open_corpus

    query = SearchQuery(words=" ".join(_quoted(word) for word in words), type=cast("Any", type_), **filters)
    with open_corpus(corpus) as opened:
        hits = opened.search(query)
    for hit in hits:
        if as_json:
            print_json(hit)
        else:
            print_hit(hit)
    if not hits:
        say("nothing found")


@click.group(invoke_without_command=True)
@corpus_option
@click.option("--name", default="", help="Words of the source's name.")
@click.option("--outlet", help="Only what is said through this outlet; words of its name.")
@click.option("--naming", type=click.Choice(NAMINGS), help="Only sources so named.")
@click.option("--kind", type=click.Choice(KINDS), help="Only sources of this kind.")
@limit_option
@json_option
@click.pass_context
def sources(context: click.Context, /, *, corpus: str, as_json: bool, **filters: Any) -> None:
    """Say who speaks how often, named or not, through which outlets, when first and last."""
    context.obj = corpus
    if context.invoked_subcommand is not None:
        return
    from inquit.corpus import open_corpus

    with open_corpus(corpus) as opened:
        _print_sources(opened.sources(SourceQuery(**filters)), as_json=as_json)


_same_corpus_option = click.option("--corpus", help="The corpus, where it was not named before the subcommand.")


@sources.command()
@click.argument("first", metavar="SOURCE")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@_same_corpus_option
@json_option
@click.pass_obj
def merge(given: str, *, first: str, others: tuple[str, ...], corpus: str | None, as_json: bool) -> None:
    """Say that OTHER is the same source as SOURCE, whose id and name it takes."""
    from inquit.corpus import open_corpus

    with open_corpus(corpus or given, write=True) as opened:
        _print_sources([opened.merge(first, others)], as_json=as_json)


@sources.command()
@click.argument("source", metavar="SOURCE")
@click.argument("parts", nargs=-1, required=True, metavar="PART...")
@_same_corpus_option
@json_option
@click.pass_obj
def split(given: str, *, source: str, parts: tuple[str, ...], corpus: str | None, as_json: bool) -> None:
    """Say that SOURCE is somebody else in the articles PART, or is not the source PART that was merged into it."""
    from inquit.corpus import open_corpus

    with open_corpus(corpus or given, write=True) as opened:
        _print_sources(opened.split(source, parts), as_json=as_json)


@click.command()
@click.argument("id_", required=False, metavar="[ID]")
@corpus_option
@click.option("--history", is_flag=True, help="Show the versions of the article and what changed between them.")
@click.option("--rejected", is_flag=True, help="Show the inputs that were not read.")
@click.option("--why", is_flag=True, help="Print the reasons for every label, and the statements of a claim.")
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a page with drawings of a claim, or of the claims of a story.",
)
@compare_option
@limit_option
@json_option
def show(
    id_: str | None,
    *,
    corpus: str,
    history: bool,
    rejected: bool,
    why: bool,
    html: Path | None,
    compare: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Show an article (by id or URL), a quotation (ARTICLE:N), a source, a claim or a story.

    Without ID it says how much the corpus holds.
    """
    from inquit.corpus import open_corpus

    if history and id_ is None:
        raise click.UsageError("--history needs the ID of an article")
    if id_ is not None and not history and not rejected:
        if is_claim(id_):
            return show_claim(corpus, id_, html=html, why=why, compare=compare, as_json=as_json)
        if is_story(id_):
            return show_story(corpus, id_, html=html, compare=compare, as_json=as_json)
    if html is not None:
        raise click.UsageError("--html needs the ID of a claim or a story")
    with open_corpus(corpus) as opened:
        if rejected:
            _show_rejected(opened, limit, as_json=as_json)
        elif id_ is None:
            _show_count(opened, as_json=as_json)
        elif history:
            _show_history(opened, id_, limit, as_json=as_json)
        elif (source := opened.source(id_)) is not None:
            _show_source(opened, source, limit, as_json=as_json)
        else:
            _show_article(opened, id_, limit, why=why, as_json=as_json)
    return None


def _show_rejected(opened: "Corpus", limit: int, *, as_json: bool) -> None:
    for item in opened.rejections(limit):
        if as_json:
            print_json(item)
        else:
            print_text(f"{item.origin}: {item.reason}: {item.detail}")


def _show_count(opened: "Corpus", *, as_json: bool) -> None:
    found = opened.count()
    if as_json:
        print_json(found)
        return
    from inquit.exports.wording import count

    older = count(found.versions - found.articles, "older version")
    print_text(f"{count(found.articles, 'article')} of {count(found.outlets, 'outlet')}, {older}")
    of = f"{count(found.statements, 'statement')} of {count(found.sources, 'source')}"
    print_text(f"{of}, {count(found.verdicts, 'verdict')}")
    for name, counts in (("unread", found.unread), ("rejected", found.rejected)):
        if counts:
            told = ", ".join(f"{n} {key or 'in no known language'}" for key, n in counts.items())
            print_text(f"{sum(counts.values())} {name}: {told}")
    if found.failed:
        print_text(f"{found.failed} failed")


def _show_history(opened: "Corpus", identifier: str, limit: int, *, as_json: bool) -> None:
    versions, changes = opened.changes(identifier)
    if as_json:
        told = [
            {
                "before": change.before.id,
                "after": change.after.id,
                "title": change.title,
                "removed": change.removed,
                "added": change.added,
            }
            for change in changes[-limit:]
        ]
        print_json({"versions": versions[-limit:], "changes": told})
        return
    for version in versions[-limit:]:
        holds = "current" if version.current else "older"
        print_text(f"version {version.version}  {version.id}  added {version.added}  {holds}  {version.title or ''}")
    for change in changes[-limit:]:
        print_text(f"from version {change.before.version} to {change.after.version}")
        if change.title is not None:
            print_text(f"  title: {change.title[0] or 'none'} -> {change.title[1] or 'none'}")
        for line in change.lines:
            print_text(f"  {line}")


def _show_source(opened: "Corpus", source: SourceProfile, limit: int, *, as_json: bool) -> None:
    said = opened.search(SearchQuery(speaker=source.id, sort="time", limit=limit, among="statements"))
    if as_json:
        print_json({"source": source, "statements": said})
        return
    print_source(source)
    if len(source.names) > 1:
        print_text(f"  named {', '.join(source.names)}")
    if source.namesakes:
        print_text(f"  namesakes {', '.join(source.namesakes)}")
    if source.relays:
        print_text(f"  relays {source.relays} statements of others")
    for hit in said:
        print_hit(hit)


def _show_article(opened: "Corpus", identifier: str, limit: int, *, why: bool, as_json: bool) -> None:
    article, _, number = identifier.rpartition(":")
    one = int(number) if article and number.isdecimal() and "//" not in number else None
    kept = opened.article(identifier if one is None else article)
    if one is not None:
        _show_quotation(kept, one, why=why, as_json=as_json)
    elif as_json:
        _print_article(kept)
    elif kept.summary is None:
        print_text(f"{kept.article.id}  not read: {kept.detail or kept.state}")
        for line in kept.article.text.splitlines()[:limit]:
            print_text(line)
    else:
        from inquit.exports import to_terminal
        from inquit.records import Ledger

        ledger = Ledger(article=kept.article, quotations=kept.quotations, summary=kept.summary)
        click.echo(to_terminal(ledger, why=why, stream=sys.stdout))
        _print_kept(kept)


def _print_article(kept: KeptArticle) -> None:
    """The ledger format, with what the corpus knows besides it under `corpus`."""
    from inquit.exports import to_json
    from inquit.records import Ledger, Summary

    nothing = Summary(statements=0, primary_sources=(), unnamed_share=0.0, relayed_share=0.0, unsourced_share=0.0)
    ledger = Ledger(article=kept.article, quotations=kept.quotations, summary=kept.summary or nothing)
    content = msgspec.json.decode(to_json(ledger))
    names = ("state", "detail", "reader", "versions", "verdicts", "lost", "sources")
    print_json({**content, "corpus": {name: getattr(kept, name) for name in names}})


def _print_kept(kept: KeptArticle) -> None:
    """What the corpus knows of an article besides its ledger."""
    click.echo()
    older = [version.id for version in kept.versions if version.id != kept.article.id]
    print_text(f"{kept.article.id}  read by {kept.reader}" + (f"  other versions: {', '.join(older)}" if older else ""))
    for number, verdict in kept.verdicts.items():
        print_text(f"  :{number} judged {verdict.judgement}" + (f", {verdict.note}" if verdict.note else ""))
    for verdict in kept.lost:
        begin, end = verdict.quote[0].begin, verdict.quote[-1].end
        print_text(f"  judged {verdict.judgement}, but not found again: {kept.article.text[begin:end]}")


def _show_quotation(kept: KeptArticle, number: int, *, why: bool, as_json: bool) -> None:
    from inquit.errors import UnknownIdError

    quotation = next((q for q in kept.quotations if q.id == number), None)
    if quotation is None:
        raise UnknownIdError(f"{kept.article.id} has no quotation {number}")
    verdict = kept.verdicts.get(number)
    if as_json:
        print_json(
            {
                "id": f"{kept.article.id}:{number}",
                "article": kept.article.id,
                "url": kept.article.url,
                "text": " … ".join(kept.article.text[begin:end] for begin, end in quotation.quote),
                "quotation": quotation,
                "source": kept.sources.get(number),
                "verdict": verdict,
            }
        )
        return
    print_text(f"“{' … '.join(kept.article.text[begin:end] for begin, end in quotation.quote)}”")
    chain = " ← ".join(f"{link.name} ({link.kind}, {link.naming})" for link in quotation.chain)
    print_text(f"  {chain or 'no source'}")
    offsets = ", ".join(f"{begin}-{end}" for begin, end in quotation.quote)
    print_text(f"  {quotation.type}, {quotation.medium}, {quotation.stance}, at {offsets}")
    if number in kept.sources:
        print_text(f"  source {kept.sources[number]}")
    for reason in quotation.why if why else ():
        print_text(f"  because {reason}")
    if verdict is not None:
        print_text(f"  judged {verdict.judgement} on {verdict.made}" + (f": {verdict.note}" if verdict.note else ""))


def _print_sources(found: list[SourceProfile], *, as_json: bool) -> None:
    for source in found:
        if as_json:
            print_json(source)
        else:
            print_source(source)
    if not found:
        say("nothing found")


def _quoted(word: str) -> str:
    """A word of the command line that the shell has freed of its quotation marks is a phrase if it has blanks."""
    return f'"{word}"' if " " in word.strip() and '"' not in word else word
