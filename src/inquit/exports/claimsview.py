"""What a claim is shown with, and what every part of a page about it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inquit.exports.claimswords import Words, words
from inquit.exports.graph import Graph
from inquit.exports.graphtimes import Clock, clock
from inquit.records import Article, Claim, Statement, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimContext:
    """What is known around claims: stories by id know who copied and cited whom, articles by id titles and addresses.

    `language` is that of the interface, "en" or "de". Without any of it a claim is shown from its record alone.
    """

    stories: Mapping[str, Story] = field(default_factory=dict)
    articles: Mapping[str, Article] = field(default_factory=dict)
    language: str = "en"

    @property
    def words(self) -> Words:
        """The words of the interface."""
        return words(self.language)


ALONE = ClaimContext()
"""Nothing but the claims themselves, in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """One claim as it is being written: its graph, its times, the words, and the beginning of all ids on the page."""

    graph: Graph
    context: ClaimContext
    words: Words
    times: Clock
    name: str = "c1"

    @property
    def claim(self) -> Claim:
        """The claim that is shown."""
        return self.graph.claim

    def article(self, identifier: str) -> Article | None:
        """An article by its id, where it is known."""
        return self.context.articles.get(identifier)

    def language(self, statements: Sequence[Statement]) -> str | None:
        """The language of statements, where it is known."""
        found = (self.article(statement.article) for statement in statements)
        return next((article.language for article in found if article), None)


def claim_page(graph: Graph, context: ClaimContext = ALONE, *, name: str = "c1") -> ClaimPage:
    """What is needed to write about the claim of a graph."""
    claim = graph.claim
    times = clock([statement.published for statement in (*claim.statements, *claim.denied_by)])
    return ClaimPage(graph=graph, context=context, words=context.words, times=times, name=name)
