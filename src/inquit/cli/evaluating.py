"""`inquit eval`: how well Inquit reads, measured against gold data."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from inquit import evaluation, exports
from inquit.cli.output import print_text
from inquit.errors import UsageError
from inquit.evaluation import Figures, GoldArticle
from inquit.ledger import read_anew
from inquit.records import Quotation


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--errors", type=click.IntRange(min=0), metavar="N", help="Print N examples of each kind of mistake.")
@click.option("--variants", is_flag=True, help="Score also with other spelling, other quotation marks, and none.")
@click.option("--gold-quotations", is_flag=True, help="Give the gold quotations and score only their sources.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
def evaluate(
    gold: tuple[Path, ...], *, errors: int | None, variants: bool, gold_quotations: bool, as_json: bool
) -> None:
    """Score reading against gold articles: macro and strict figures, recall by type, sources, calibration.

    GOLD is a JSON Lines file in the ledger format or in that of the German quotation dataset; several count as one.
    """
    articles = [article for path in gold for article in evaluation.load(path)]
    if variants:
        table = {name: evaluation.evaluate(some, read_anew) for name, some in evaluation.variants(articles).items()}
        print_text(_json(table) if as_json else evaluation.variant_table(table))
        return
    figures = _with_gold_quotations(gold, articles) if gold_quotations else evaluation.evaluate(articles, read_anew)
    if as_json:
        print_text(json.dumps(evaluation.as_dict(figures), ensure_ascii=False))
        return
    print_text(evaluation.table(figures))
    if errors is not None:
        print_text("\n" + evaluation.mistake_table(figures.mistakes, errors))


def _with_gold_quotations(paths: Sequence[Path], articles: Sequence[GoldArticle]) -> Figures:
    """Figures of the sources alone; only articles whose gold has chains say anything."""
    with_chains = [article for article in articles if article.has_chains]
    if not with_chains:
        raise UsageError("--gold-quotations needs gold in the ledger format, with chains")
    given = _given(paths)
    return evaluation.evaluate(with_chains, lambda article: read_anew(article, given=given[article.id]))


def _given(paths: Sequence[Path]) -> dict[str, tuple[Quotation, ...]]:
    """The gold quotations by article, without what the sources are to find."""
    bare: dict[str, Any] = {"chain": (), "stance": "assert", "hedges": (), "disputes": (), "supports": (), "why": ()}
    ledgers = [
        exports.from_json(line) for path in paths for line in path.read_bytes().splitlines() if b'"quotations"' in line
    ]
    return {one.article.id: tuple(replace(quotation, **bare) for quotation in one.quotations) for one in ledgers}


def _json(table: dict[str, Figures]) -> str:
    return json.dumps({name: evaluation.as_dict(figures) for name, figures in table.items()}, ensure_ascii=False)
