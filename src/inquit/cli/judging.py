"""`inquit mark`: a person's verdict on a quotation."""

from typing import Any, cast

import click

from inquit.cli.corpus import corpus_option, json_option, print_json, print_text, span
from inquit.records import JUDGEMENTS, KINDS, MEDIA, NAMINGS, STANCES, TYPES


@click.command()
@click.argument("quotation", metavar="ARTICLE:N")
@click.argument("judgement", type=click.Choice(JUDGEMENTS))
@corpus_option
@click.option("--note", help="Why.")
@click.option("--by", help="Who says so.")
@click.option("--speaker", help="The right primary source, in words of the article; for `fixed`.")
@click.option(
    "--relay",
    multiple=True,
    metavar="NAME[:KIND]",
    help="Through whom the statement came, in words of the article; all of them, the outermost first.",
)
@click.option("--no-relay", is_flag=True, help="It came through nobody.")
@click.option("--kind", type=click.Choice(KINDS), help="The right kind of the primary source.")
@click.option("--naming", type=click.Choice(NAMINGS), help="How the article names the primary source.")
@click.option("--type", "type_", type=click.Choice(TYPES), help="The right type.")
@click.option("--medium", type=click.Choice(MEDIA), help="The right medium.")
@click.option("--stance", type=click.Choice(STANCES), help="The right stance.")
@click.option("--quote", multiple=True, metavar="BEGIN-END", help="The right offsets of the quote; may be repeated.")
@json_option
def mark(
    quotation: str,
    judgement: str,
    *,
    corpus: str,
    note: str | None,
    by: str | None,
    type_: str | None,
    quote: tuple[str, ...],
    relay: tuple[str, ...],
    no_relay: bool,
    as_json: bool,
    **fields: Any,
) -> None:
    """Say whether a quotation is right, wrong or fixed as the options say; rereading keeps every verdict."""
    from inquit.corpus import Correction, open_corpus
    from inquit.judging import relay as relay_of

    if relay and no_relay:
        raise click.UsageError("--relay and --no-relay exclude each other")
    spans = tuple(map(span, quote)) or None
    relays = tuple(map(relay_of, relay)) if relay or no_relay else None
    correction = Correction(type=type_, quote=spans, relays=relays, **fields)
    with open_corpus(corpus, write=True) as opened:
        verdict = opened.mark(quotation, cast("Any", judgement), note=note, correction=correction, by=by)
    if as_json:
        print_json(verdict)
    else:
        print_text(f"{quotation} judged {judgement}" + (f": {note}" if note else ""))
