"""Gold and ledgers to figures: how well quotations and their sources are read, and what goes wrong."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from inquit.evaluation.calibration import calibration
from inquit.evaluation.chains import chain_figures
from inquit.evaluation.figures import Figures, Mistake
from inquit.evaluation.gold import GoldArticle, load, scored
from inquit.evaluation.mistakes import mistakes
from inquit.evaluation.quotes import is_right, match, quotation_figures
from inquit.evaluation.tables import mistake_table, table, variant_table
from inquit.evaluation.variants import variants
from inquit.languages import language
from inquit.records import Article, Ledger

__all__ = [
    "Figures", "GoldArticle", "as_dict", "evaluate", "load", "mistake_table", "table", "variant_table", "variants",
]  # fmt: skip


def evaluate(gold: Sequence[GoldArticle], read: Callable[[Article], Ledger]) -> Figures:
    """The figures of a reading function over gold articles; each article is read once."""
    matched, found, answers = [], [], []
    wrong: list[Mistake] = []
    for one in gold:
        ledger = read(one.article)
        ours = scored(ledger.quotations, one.tokens)
        pairing = match([tokens for _, tokens in ours], [quotation.scored for quotation in one.quotations])
        right = {j for j, i in pairing.pairs if is_right(pairing.read[j], pairing.gold[i])}
        answers += [(quotation.confidence, j in right) for j, (quotation, _) in enumerate(ours)]
        wrong += mistakes(one, [quotation for quotation, _ in ours], pairing)
        matched.append(pairing)
        if one.has_chains:
            found.append((one, ledger))
    return Figures(
        quotations=quotation_figures(matched),
        chains=chain_figures(found, language(found[0][0].article.language or "de")) if found else None,
        calibration=calibration(answers),
        mistakes=tuple(wrong),
    )


def as_dict(figures: Figures) -> dict[str, Any]:
    """The figures as plain dictionaries and lists, for JSON; of the mistakes only their number by kind."""
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(figures))
    kinds = [one.kind for one in figures.mistakes]
    plain["mistakes"] = {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
    return plain
