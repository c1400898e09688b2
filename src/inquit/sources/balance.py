"""The source balance of an article: what rests on whom."""

from collections.abc import Iterable

from inquit.records import Article, Dispute, PrimarySource, Quotation, Source, Summary, own_statements
from inquit.records.ledgers import name_key


def balance(article: Article, quotations: tuple[Quotation, ...]) -> Summary:
    """The source balance of an article: what rests on whom.

    A source counts once under its name, the one with the most statements first. A statement inside another of the
    same source is part of that one and is not counted again.
    """
    counted = own_statements(quotations)
    total = len(counted)
    by_id = {quotation.id: quotation for quotation in quotations}
    disputes = _disputes(quotations, by_id)
    disputed_by: dict[int, list[str]] = {}
    for dispute in disputes:
        if dispute.by is not None:
            disputed_by.setdefault(dispute.disputed, []).append(dispute.by)
    return Summary(
        statements=total,
        primary_sources=_rows(counted, total, disputed_by),
        unnamed_share=_share(sum(bool(q.chain) and q.chain[-1].naming != "named" for q in counted), total),
        relayed_share=_share(sum(bool(_through(q.chain)) for q in counted), total),
        unsourced_share=_share(sum(not q.chain for q in counted), total),
        disputes=disputes,
        furniture_share=_share(sum(s.end - s.begin for s in article.furniture), len(article.text)),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _through(chain: tuple[Source, ...]) -> tuple[str, ...]:
    """Names of the media between the article and the primary source."""
    return tuple(source.name for source in chain[:-1] if source.kind == "outlet")


def _rows(counted: tuple[Quotation, ...], total: int, disputed_by: dict[int, list[str]]) -> tuple[PrimarySource, ...]:
    groups: dict[str, list[Quotation]] = {}
    for quotation in counted:
        if quotation.chain:
            groups.setdefault(name_key(quotation.chain[-1].name), []).append(quotation)
    rows = [_row(members, total, disputed_by) for members in groups.values()]
    return tuple(sorted(rows, key=lambda row: (-len(row.statements), row.statements)))


def _row(members: list[Quotation], total: int, disputed_by: dict[int, list[str]]) -> PrimarySource:
    source = members[0].chain[-1]
    direct = any(not _through(quotation.chain) for quotation in members)
    through = () if direct else _unique(name for quotation in members for name in _through(quotation.chain))
    return PrimarySource(
        name=source.name,
        kind=source.kind,
        naming=source.naming,
        statements=tuple(quotation.id for quotation in members),
        share=_share(len(members), total),
        through=through,
        disputed_by=_unique(name for quotation in members for name in disputed_by.get(quotation.id, ())),
    )


def _disputes(quotations: tuple[Quotation, ...], by_id: dict[int, Quotation]) -> tuple[Dispute, ...]:
    return tuple(
        Dispute(quotation=quotation.id, disputed=other, by=_name(quotation), against=_name(by_id[other]))
        for quotation in quotations
        for other in quotation.disputes
        if other in by_id
    )


def _name(quotation: Quotation) -> str | None:
    return quotation.chain[-1].name if quotation.chain else None


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
