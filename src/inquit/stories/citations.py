"""Which article tells another's report and says so: `rewrite` where it lives on that report, else `cites`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inquit.languages import Language
from inquit.records import Article, Ledger, Link, Quotation, Span
from inquit.stories.outlets import named_at, same_outlet, which_outlet
from inquit.stories.profiles import Profile, likeness
from inquit.stories.times import seconds
from inquit.stories.wording import plain, sentence

LIVES_ON = 0.3
"""Share of the words of an article's own statements that it has through another outlet from which on it is a rewrite.
Story sets 1 to 4: 0.38 to 0.62 for rewrites, 0.22 and less for articles that cite in passing."""

_BEFORE_NAME = 60
"""Characters before a name in which the words stand that one medium relies on another."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an article has from one outlet: where it names it, and its quotations that go through it."""

    outlet: str
    mentions: tuple[Span, ...]
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Citing:
    """An article that may cite: the passages it carries, its own quotations, and what was there before it."""

    article: Article
    carried: Sequence[Span]
    own: Sequence[Quotation]
    earlier: Sequence[Article]
    language: Language

    @property
    def outlets(self) -> list[str]:
        """The outlets of the articles that were there before."""
        return list(dict.fromkeys(other.outlet for other in self.earlier if other.outlet))


def citations(
    ledger: Ledger,
    earlier: Sequence[Article],
    carried: Sequence[Span],
    profiles: Mapping[str, Profile],
    language: Language,
) -> list[Link]:
    """The links of an article to the reports that it retells or cites.

    `earlier` are the other articles of its story that were there before it, `carried` the passages that it has from
    another article as they are: what they cite is cited there. `profiles` has the profile of each of the articles.
    An outlet without article in the story is a link to none.
    """
    own = [quotation for quotation in ledger.quotations if not _inside(quotation.quote, carried)]
    citing = Citing(ledger.article, carried, own, earlier, language)
    told = [_told(citing, outlet) for outlet in citing.outlets]
    return [*(_link(citing, what, profiles) for what in told if what is not None), *_elsewhere(citing)]


def _told(citing: Citing, outlet: str) -> Told | None:
    """What an article has from `outlet` itself, and not through another outlet."""
    article, aside = citing.article, [*citing.carried, *citing.article.furniture]
    through = [quotation for quotation in citing.own if _first_outlet(quotation, citing.outlets) == outlet]
    mentions = [span for span in named_at(article.text, outlet) if not _inside((span,), aside)]
    mentions = [span for span in mentions if not _on_others_word(citing, span, outlet)]
    if same_outlet(article.outlet, outlet):
        mentions = [span for span in mentions if _speaks_of_own_report(article.text, span, citing.language)]
    return Told(outlet, tuple(mentions), tuple(through)) if mentions or through else None


def _first_outlet(quotation: Quotation, outlets: Sequence[str]) -> str | None:
    """The known outlet through which a quotation comes first, as the article has it."""
    names = [source.name for source in quotation.chain if source.kind == "outlet"]
    return next((found for found in (which_outlet(name, outlets) for name in names) if found), None)


def _on_others_word(citing: Citing, span: Span, outlet: str) -> bool:
    """Whether the outlet named here is only the one that another outlet relies on, or the credit of a picture."""
    text, words = citing.article.text, citing.language.table("story-words")
    line = plain(text[text.rfind("\n", 0, span.begin) + 1 : span.begin])
    if any(sign in line for sign in words["picture_signs"]):
        return True
    here = sentence(text, span)
    before = plain(text[max(here.begin, span.begin - _BEFORE_NAME) : span.begin])
    if not any(phrase in before for phrase in words["relying_on"]):
        return False
    others = [name for name in citing.outlets if name != outlet and not same_outlet(name, citing.article.outlet)]
    return any(named_at(text[here.begin : here.end], name) for name in others)


def _speaks_of_own_report(text: str, span: Span, language: Language) -> bool:
    """Whether an article names its own outlet for what it reported before, and not as the one who asked."""
    here = sentence(text, span)
    words = re.findall(r"\w+", plain(text[here.begin : here.end]))
    signs = language.table("story-words")["own_report"]
    return any(word.startswith(sign[:-1]) if sign.endswith("*") else word == sign for sign in signs for word in words)


def _link(citing: Citing, told: Told, profiles: Mapping[str, Profile]) -> Link:
    article, outer = citing.article, _outer(citing.own)
    original = _meant(article, told, citing.earlier, profiles)
    share = _length(told.quotations) / max(1, _length(outer))
    lives_on = share >= LIVES_ON and not citing.carried and not same_outlet(original.outlet, article.outlet)
    why = [f"names {told.outlet}{_times(len(told.mentions))}"] if told.mentions else []
    if told.quotations:
        why.append(f"{len(told.quotations)} of {len(outer)} own statements come through {told.outlet}")
    return Link(
        derived=article.id,
        original=original.id,
        how="rewrite" if lives_on else "cites",
        outlet=told.outlet,
        evidence=told.mentions or tuple(span for quotation in told.quotations for span in quotation.quote),
        why=tuple(why),
    )


def _meant(article: Article, told: Told, earlier: Sequence[Article], profiles: Mapping[str, Profile]) -> Article:
    """The article of an outlet that another one means: the one most like it, the later one of two alike."""
    theirs = [other for other in earlier if other.outlet == told.outlet]
    terms = profiles[article.id].terms
    return max(
        theirs,
        key=lambda other: (
            round(likeness(terms, profiles[other.id].terms), 1),
            seconds(other.published) or 0,
            other.id,
        ),
    )


def _elsewhere(citing: Citing) -> list[Link]:
    """Links to outlets without article here: those through which own quotations come first."""
    known = [*citing.outlets, *([citing.article.outlet] if citing.article.outlet else [])]
    passages: dict[str, list[Span]] = {}
    for quotation in citing.own:
        first = next(iter(quotation.chain), None)
        if first is not None and first.kind == "outlet" and not any(same_outlet(first.name, name) for name in known):
            key = next((name for name in passages if same_outlet(name, first.name)), first.name)
            passages.setdefault(key, []).extend(quotation.quote)
    return [
        Link(
            derived=citing.article.id,
            original=None,
            how="cites",
            outlet=name,
            evidence=tuple(spans),
            why=(f"has a statement through {name}, of which there is no article here",),
        )
        for name, spans in passages.items()
    ]


def _outer(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Quotations that stand in no other one."""
    return [quotation for quotation in quotations if quotation.parent is None]


def _length(quotations: Sequence[Quotation]) -> int:
    return sum(end - begin for quotation in _outer(quotations) for begin, end in quotation.quote)


def _inside(spans: Sequence[Span], ranges: Sequence[Span]) -> bool:
    """Whether most of the characters of `spans` lie in `ranges`."""
    total = sum(end - begin for begin, end in spans)
    within = sum(max(0, min(end, e) - max(begin, b)) for begin, end in spans for b, e in ranges)
    return total > 0 and within > total / 2


def _times(count: int) -> str:
    return "" if count == 1 else f" {count} times"
