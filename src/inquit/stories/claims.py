"""Statements of a story to claims: what says the same belongs together, and what denies it is attached."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from inquit.languages import Language
from inquit.records import Claim, Link, Statement
from inquit.stories.affinity import FEATURES, Affinity, affinity
from inquit.stories.clustering import clustered
from inquit.stories.denials import denying
from inquit.stories.identity import Identity, Node
from inquit.stories.independence import Balance, balance, in_time
from inquit.stories.relations import primary_node, relations
from inquit.stories.statements import Unit
from inquit.stories.verbatim import verbatim

TOGETHER = 0.15
"""Mean probability of saying the same from which on two groups of statements are one claim. Set on story sets 1 to 4 as
Inquit reads them: 0.1 finds 66 of 100 claims and 71 of 100 numbers of sources, 0.15 72 and 71, 0.2 73 and 63."""

DENYING = 0.15
"""Probability of denying something from which on a statement is a denial and no statement of a claim. Set on story sets
1 to 4 as Inquit reads them: 0.1 finds 41 of 100 denials, 0.15 44, 0.2 39, 0.25 37; the claims are the same."""

LIKELIEST_DENIED = 0.15
"""Probability from which on a denial is attached to the claim that it most likely is of: it denies something."""

NEARLY = 0.5
"""Share of that probability from which on a denial is attached to another claim that its ledger says it disputes. Ten
story sets, each with weights fitted on the others: 0.5 finds 76 of 100 denials by gold ledgers and 32 as Inquit reads
them, 0.7 finds 71 and 33."""

Probabilities = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Compared:
    """The statements of a story, how likely each pair of parts says the `same` or denies the other, and who denies.

    `roots` are the primary sources of the units, those that are the same under one node.
    """

    units: Sequence[Unit]
    pairs: Affinity
    same: Probabilities
    against_it: Probabilities
    denials: Sequence[int]
    roots: Sequence[Node | None]


@dataclass(frozen=True, slots=True)
class Group:
    """Positions of the statements of one claim, and of those that deny it."""

    statements: tuple[int, ...]
    denials: tuple[int, ...]


def find_claims(
    story: str, units: Sequence[Unit], identity: Identity, links: Sequence[Link], language: Language
) -> list[Claim]:
    """The claims of a story that more than one statement makes, or one that is denied; most carried first."""
    if not units:
        return []
    groups = _groups(units, identity, links, language)
    outlets = list(dict.fromkeys(unit.article.outlet for unit in units if unit.article.outlet))
    balances = [balance(_carrying(units, one), outlets, identity, links, language) for one in groups]
    claims = [_claim(story, units, one, found) for one, found in zip(groups, balances, strict=True)]
    return sorted(claims, key=lambda one: (-len({s.article for s in one.statements}), -len(one.statements), one.id))


def _groups(units: Sequence[Unit], identity: Identity, links: Sequence[Link], language: Language) -> list[Group]:
    """The statements that say the same, and those that deny them; many in the same words are compared as one."""
    told = verbatim(units)
    compared = [units[i] for i in told.first]
    found = compare(compared, identity, links, language)
    groups = group(found)
    aside = {i for one in groups for i in (*one.statements, *one.denials)} | set(found.denials)
    alone = [i for i, positions in enumerate(told.same) if len(positions) > 1 and i not in aside]
    groups += [Group((i,), ()) for i in alone if not compared[i].open]
    return [Group(told.all(one.statements), told.all(one.denials)) for one in groups]


def probabilities(pairs: Affinity, model: str, language: Language) -> Probabilities:
    """Probability of each pair of parts by a trained model: that they say the `same`, that one is a `denial`."""
    weights = language.table("claim-weights")[model]
    scores = np.tensordot(np.array([weights[feature] for feature in FEATURES]), pairs.values, 1) + weights["bias"]
    result: Probabilities = 1 / (1 + np.exp(-scores))
    return result


def compare(units: Sequence[Unit], identity: Identity, links: Sequence[Link], language: Language) -> Compared:
    """Each statement of a story with each other one."""
    pairs = affinity(units, relations(units, identity, links), language)
    against = denying(units, pairs, identity, language, least=DENYING)
    denials = np.flatnonzero(against >= DENYING).tolist()
    roots = [identity.root(node) if (node := primary_node(unit)) is not None else None for unit in units]
    same, against_it = probabilities(pairs, "same", language), probabilities(pairs, "denial", language)
    return Compared(units, pairs, same, against_it, denials, roots)


def group(found: Compared) -> list[Group]:
    """Statements that say the same, with the statements that deny them; a statement may be in several groups."""
    units, owners = found.units, found.pairs.owners
    aside = np.isin(owners, [*found.denials, *(i for i, unit in enumerate(units) if unit.open)])
    together = found.same.copy()
    together[aside] = together[:, aside] = 0.0
    clusters = [cluster for cluster in clustered(together, TOGETHER) if not aside[cluster[0]]]
    attached = _attached(clusters, found)
    groups = []
    for cluster, against in zip(clusters, attached, strict=True):
        members = tuple(sorted({int(owners[part]) for part in cluster}))
        opposed = _opposed(members, found)
        statements = tuple(i for i in members if i not in opposed)
        if len(statements) > 1 or against or opposed:
            groups.append(Group(statements, tuple(sorted({*against, *opposed}))))
    return groups


def _attached(clusters: Sequence[Sequence[int]], found: Compared) -> list[set[int]]:
    """The denials of each claim: each at its likeliest, and where its ledger says so at others nearly as likely.

    Nobody denies what rests on his own word, unless the reader says that he denies something.
    """
    attached: list[set[int]] = [set() for _ in clusters]
    owners = [sorted({int(found.pairs.owners[part]) for part in cluster}) for cluster in clusters]
    for denial in found.denials:
        unit, root = found.units[denial], found.roots[denial]
        own = [root is not None and any(found.roots[i] == root for i in members) for members in owners]
        about = [
            0.0 if his and unit.quotation.stance != "deny" else _about(denial, cluster, found)
            for cluster, his in zip(clusters, own, strict=True)
        ]
        ids = {(unit.article.id, quotation) for quotation in unit.quotation.disputes}
        said = [any(found.units[i].key in ids for i in members) for members in owners]
        likeliest = max(about, default=0.0)
        for i, value in enumerate(about):
            if value == likeliest >= LIKELIEST_DENIED or (said[i] and value >= NEARLY * likeliest):
                attached[i].add(denial)
    return attached


def _opposed(members: Sequence[int], found: Compared) -> set[int]:
    """Statements of others that say of the same that it is not so, where most say that it is."""
    negating = {i for i in members if found.units[i].negates}
    saying = {found.roots[i] for i in members if i not in negating} - {None}
    negating = {i for i in negating if found.roots[i] not in saying}
    return negating if 2 * len(negating) < len(members) else set()


def _about(denial: int, cluster: Sequence[int], found: Compared) -> float:
    """Probability that a denial is about what the parts of a claim say: mean of the two surest."""
    mine = np.flatnonzero(found.pairs.owners == denial)
    if not len(mine):
        return 0.0
    return float(np.sort(found.against_it[np.ix_(mine, np.array(cluster))].max(axis=0))[-2:].mean())


def _carrying(units: Sequence[Unit], one: Group) -> list[Unit]:
    return in_time(units[i] for i in one.statements)


def _claim(story: str, units: Sequence[Unit], one: Group, found: Balance) -> Claim:
    """A group of statements as a claim, with its sources."""
    carrying = _carrying(units, one)
    first = carrying[0]
    return Claim(
        id=claim_id(first),
        story=story,
        text=_text(carrying),
        statements=tuple(_statement(unit, found) for unit in carrying),
        denied_by=tuple(_statement(unit, found) for unit in in_time(units[i] for i in one.denials)),
        primary_sources=tuple(found.sources),
        independent_sources=found.independent,
        circular=bool(found.circle),
        first_seen=first.article.published,
        why=tuple(found.why),
    )


def claim_id(first: Unit) -> str:
    """An id made from the first statement, so that a claim which more articles take up keeps it."""
    made_of = f"{first.article.id}\0{first.quotation.quote[0].begin}\0{first.text}"
    return "c-" + blake2b(made_of.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _text(carrying: Sequence[Unit]) -> str:
    """The words of the statement that says most in few words: the one nearest to the middle of all in content."""
    middle = sorted(unit.content for unit in carrying)[len(carrying) // 2]
    return min(carrying, key=lambda unit: (abs(unit.content - middle), unit.article.published or "")).text


def _statement(unit: Unit, found: Balance) -> Statement:
    chain = unit.quotation.chain
    return Statement(
        article=unit.article.id,
        quotation=unit.quotation.id,
        quote=unit.quotation.quote,
        text=unit.text,
        outlet=unit.article.outlet,
        published=unit.article.published,
        stance=unit.quotation.stance,
        source=found.rests_on.get(unit.key),
        by=chain[-1].name if chain else None,
        via=tuple(source.name for source in chain[:-1]),
    )
