"""The story that is shipped as an example, from its file to what a reader sees of it."""

import io
import re
from pathlib import Path

import pytest

import inquit
from inquit.exports.claimsdrawing import claim_to_terminal
from inquit.exports.claimsfacts import deniers, lead, outlets, resting
from inquit.exports.claimshtml import claims_to_html
from inquit.exports.claimsview import ClaimContext
from inquit.exports.claimswords import words
from inquit.records import Claim
from inquit.stories import find_stories

PATH = Path(__file__).parents[2] / "examples" / "story" / "articles.jsonl"


@pytest.fixture(scope="module")
def shown() -> tuple[Claim, ClaimContext]:
    """The claim that most outlets carry, with its story."""
    ledgers = [item for item in inquit.read_many([PATH]) if isinstance(item, inquit.Ledger)]
    [found] = find_stories(ledgers)
    articles = {ledger.article.id: ledger.article for ledger in ledgers}
    return found.claims[0], ClaimContext(stories={found.story.id: found.story}, articles=articles)


def test_the_example_is_nine_articles_of_eight_outlets_in_three_house_styles(
    shown: tuple[Claim, ClaimContext],
) -> None:
    articles = shown[1].articles.values()
    assert len(articles) == 9
    assert len({article.outlet for article in articles}) == 8
    assert all(str(article.url).split("/")[2].endswith(".example") for article in articles)
    texts = "".join(article.text for article in articles)
    assert all(mark in texts for mark in '„“«»"')


def test_a_reader_sees_that_most_outlets_rest_on_one_unnamed_source(shown: tuple[Claim, ClaimContext]) -> None:
    claim, _ = shown
    assert len(outlets(claim.statements)) >= 7
    assert claim.independent_sources == 2
    assert claim.circular
    assert deniers(claim)
    assert claim.primary_sources[0].naming != "named"
    assert len(resting(claim)[0]) >= 6
    assert re.match(r"\d outlets carry it, on the word of 2 independent sources. \d of them rest", lead(claim, words()))


def test_the_drawings_show_the_copies_the_circle_and_the_denial(shown: tuple[Claim, ClaimContext]) -> None:
    claim, known = shown
    tree = claim_to_terminal(claim, known, stream=io.StringIO(), width=100)
    for told in (
        "Elbtal-Rundschau  copy",
        "Havelbote  abridged",
        "Saale-Kurier  rewrite",
        "back at Wiener Morgenbogen",
    ):
        assert told in tree
    page = claims_to_html([claim], known)
    assert 'class="tie denies"' in page
    assert "https://www.havelbote.example/" in page
