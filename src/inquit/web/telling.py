"""The source balance of an article in sentences, in the language of the visitor."""

from inquit.exports.excerpts import short_name
from inquit.exports.svg import Words
from inquit.exports.wording import LEADING_SHARE
from inquit.records import Dispute, PrimarySource, Summary
from inquit.web.phrases import Phrases

NAMES_TOLD = 3
"""Names that a sentence lists; the rest is counted."""


def lead(summary: Summary, t: Phrases) -> str:
    """The first sentence: on whom most rests."""
    n = summary.statements
    if not n:
        return t("balance.none")
    if not summary.primary_sources:
        return t("balance.unsourced", n=n)
    top = max(summary.primary_sources, key=lambda source: len(source.statements))
    resting = len(top.statements)
    if resting < n * LEADING_SHARE:
        sources = t("count.primary", n=len(summary.primary_sources))
        return t("balance.spread", statements=t("count.statements", n=n), sources=sources, who=who(top, t), m=resting)
    through = t("balance.through", names=names(top.through, t)) if top.through else ""
    if n == 1:
        return t("balance.only", who=who(top, t), through=through)
    key = "balance.all" if resting == n else "balance.part"
    return t(key, n=resting, all=n, who=who(top, t), through=through)


def disputed(summary: Summary, t: Phrases) -> str:
    """Whose statements are disputed, and by whom; empty where nobody disputes anything."""
    against: dict[str, list[Dispute]] = {}
    for dispute in summary.disputes:
        against.setdefault(dispute.against or "", []).append(dispute)
    told = []
    for source, found in sorted(against.items(), key=lambda item: -len({one.disputed for one in item[1]})):
        by = names(tuple(dict.fromkeys(one.by or "" for one in found)), t)
        n = len({one.disputed for one in found})
        told.append(t("balance.disputes", n=n, of=short_name(source) if source else t("source.unknown"), by=by))
    if len(told) > NAMES_TOLD:
        told[NAMES_TOLD:] = [t("balance.more", n=len(told) - NAMES_TOLD)]
    return f"{t('balance.disputed')} {'; '.join(told)}." if told else ""


def who(source: PrimarySource, t: Phrases) -> str:
    """A primary source in a sentence, with the weight of its not being named."""
    name = short_name(source.name)
    if source.naming == "named":
        return name
    return t("balance.unnamed_document" if source.kind == "document" else "balance.unnamed", name=name)


def names(found: tuple[str, ...], t: Phrases) -> str:
    """Some names in a sentence."""
    told = [short_name(one) if one else t("source.unknown") for one in found[:NAMES_TOLD]]
    if len(found) > NAMES_TOLD:
        told.append(t("count.others", n=len(found) - NAMES_TOLD))
    return t.listed(told)


def drawing_words(t: Phrases) -> Words:
    """The words of a drawing of sources."""
    return Words(
        kind=lambda kind, naming: t(f"kind.{kind}") + ("" if naming == "named" else f", {t(f'naming.{naming}')}"),
        article=t("drawing.article"),
        unsourced=lambda n: t("drawing.unsourced", n=n),
        denied=lambda n: t("drawing.denied", n=n),
        statements=lambda n: t("count.statements", n=n),
        disputes=t("drawing.disputes"),
    )
