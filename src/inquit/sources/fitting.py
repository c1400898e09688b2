"""How well a candidate fits a pronoun or description: named features for a trained ranker.

Groups of features that depend on a few small values are made once for these values and kept.
"""

from functools import lru_cache
from typing import NamedTuple

from inquit.records import Kind

MOST_KEPT = 50_000
"""Groups of features that are kept of each sort; more are made anew, which changes no result."""

Features = tuple[str, ...]


class Standing(NamedTuple):
    """How a candidate stands among the others: by nearness and number of mentions, among those of its kind and
    among those that fit (`None` for one that does not); whether it fits, and alone does.
    """

    near: int
    often: int
    near_fitting: int | None
    often_fitting: int | None
    fits: bool
    alone: bool


class Known(NamedTuple):
    """What is known of every candidate, and how its gender and number agree with those of the mention."""

    form: str
    kind: Kind | None
    named: bool
    gender: str
    number: str
    distance: str
    size: int
    times: int
    last: str


class Taken(NamedTuple):
    """A description and a candidate; `head` is how its noun compares with those of the candidate."""

    form: str
    definite: str
    kind: Kind | None
    named: bool
    near: str
    last: str
    head: str
    ending: str


class Classed(NamedTuple):
    """The class of a description's noun; `known` is whether the candidate is of it, too."""

    form: str
    field: str
    known: str
    stem: str
    kind: Kind | None
    head: str


class Position(NamedTuple):
    """Where a candidate stands in the article and in its sentence."""

    form: str
    named: bool
    lead: bool
    before: bool
    spoken_of: bool
    case: str
    distance: str


class Body(NamedTuple):
    """A noun that nearly always takes up a body, or another, and a candidate with its standing."""

    form: str
    general: bool
    definite: str
    kind: Kind | None
    named: bool
    place: Standing
    lead: bool | None


@lru_cache(MOST_KEPT)
def plain(known: Known) -> Features:
    """What is known of every candidate."""
    form, kind, named, gender, number, distance, size, times, last = known
    return (
        f"{form}|kind={kind}",
        f"{form}|named={named}",
        f"{form}|gender={gender}",
        f"{form}|number={number}",
        f"{form}|distance={distance}",
        f"{form}|size={size}",
        f"{form}|times={times}",
        f"{form}|last={last}",
    )


@lru_cache(MOST_KEPT)
def echoed(form: str, echo: str) -> Features:
    """How much of the quotation's words the candidate's own quotations repeat."""
    return (f"echo={echo}", f"{form}|echo={echo}")


@lru_cache(MOST_KEPT)
def placed(form: str, place: str, marks: str) -> Features:
    """Where the candidate's nearest mention stands; `place` is empty where it has none."""
    found = (f"{form}|place={place}",) if place else ()
    return (*found, *(f"{form}|{mark}" for mark in marks.split()))


@lru_cache(MOST_KEPT)
def withheld(form: str, named: bool, last: str) -> Features:
    """A description of somebody whose identity is withheld."""
    return (f"{form}|anonymous|named={named}", f"{form}|anonymous|named={named}|last={last}")


@lru_cache(MOST_KEPT)
def taken_up(taken: Taken) -> Features:
    """A description with its place."""
    form, definite, kind, named, near, last, head, ending = taken
    fit = f"{form}|head={head}"
    return (
        f"{form}|definite={definite}|named={named}",
        fit,
        f"{fit}|{near}",
        f"{fit}|kind={kind}",
        f"{fit}|last={last}",
        f"{form}|definite={definite}|{near}|{last}",
        f"{form}|ending={ending}|kind={kind}",
    )


@lru_cache(MOST_KEPT)
def classed(noun: Classed) -> Features:
    """The class of the noun."""
    form, field, known, stem, kind, head = noun
    return (f"{form}|field={known}", f"{form}|{field}={known}", f"stem={stem}|kind={kind}|{form}|head={head}")


@lru_cache(MOST_KEPT)
def early(form: str, near: str, named: bool, definite: str, kind: Kind | None) -> Features:
    """A description in the first paragraph, which may come before the name."""
    return (f"{form}|early|{near}|named={named}|{definite}", f"{form}|early|kind={kind}|named={named}")


@lru_cache(MOST_KEPT)
def standing(form: str, named: bool, place: Standing) -> Features:
    """How the candidate stands among the others."""
    near, often, near_fitting, often_fitting, fits, alone = place
    found = [f"{form}|kind-near={near}", f"{form}|kind-often={often}|named={named}"]
    if near_fitting is not None:
        found += [f"{form}|fitting-near={near_fitting}", f"{form}|fitting-often={often_fitting}|named={named}"]
    return (*found, f"{form}|fits={fits}|alone={alone}")


@lru_cache(MOST_KEPT)
def positioned(position: Position) -> Features:
    """Where the candidate stands in the article and in its sentence."""
    form, named, lead, before, spoken_of, case, distance = position
    return (
        f"{form}|lead={lead}|named={named}",
        f"{form}|before={before}",
        f"{form}|in-content={spoken_of}",
        f"{form}|case={case}",
        f"{form}|case={case}|{distance}",
    )


@lru_cache(MOST_KEPT)
def bodied(body: Body) -> Features:
    """Nouns that nearly always take up a body, and others, with the standing of the candidate."""
    form, general, definite, kind, named, place, lead = body
    beside = standing(form, named, place)
    if lead is not None:
        beside += (f"{form}|lead={lead}|named={named}",)
    return (
        f"{form}|general={general}|{definite}|kind={kind}|named={named}",
        *(f"general={general}|{definite}|{feature.partition('|')[2]}" for feature in beside[:4]),
    )


@lru_cache(MOST_KEPT)
def in_name(form: str, part: str, definite: str) -> Features:
    """Where the noun of the description stands in the candidate's name."""
    return (f"{form}|in-name={part}", f"in-name={part}|{definite}")
