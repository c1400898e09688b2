"""Stories in both databases: the same answers, and the same filters."""

import multiprocessing
from dataclasses import replace

import pytest
from making import article, quotation, source
from sqlalchemy import text

from inquit import stories
from inquit.corpus import Corpus
from inquit.errors import UnknownIdError, UsageError
from inquit.records import ClaimQuery, Ledger, StoryQuery, Summary
from inquit.store import Entry, Store, open_store

SUMMARY = Summary(statements=0, primary_sources=(), unnamed_share=0.0, relayed_share=0.0, unsourced_share=0.0)
WORDS = (
    "Die Werft in Nordhaven schließt im Herbst, sagte {who} am Montag in der Halle am Kai. "
    "Gut dreihundert Schweißer verlieren ihre Stelle, ein Sozialplan wird noch verhandelt. "
    "Der Betriebsrat hatte seit Monaten vor dem Ende der Aufträge für Fähren gewarnt."
)


def told(number: int, who: str, outlet: str, day: int | None, *, naming: str = "named", deny: bool = False) -> Ledger:
    """An article that has the closing of a yard on somebody's word."""
    text = f"Nordhaven verliert die Werft {number}\n\n{WORDS.format(who=who)}"
    published = None if day is None else f"2025-03-{day:02}T08:00:00+01:00"
    one = article(text, id=f"{number:016}", outlet=outlet, published=published, title=text.splitlines()[0])
    one = replace(one, url=f"https://{number}.example/werft" if number % 2 else None)
    words = "Die Werft in Nordhaven schließt im Herbst"
    by = source(text, who, naming=naming)  # type: ignore[arg-type]
    return Ledger(
        article=one,
        quotations=(quotation(0, text, words, by, stance="deny" if deny else "assert"),),
        summary=SUMMARY,
    )


LEDGERS = [
    told(1, "ein Manager", "Küstenbote", 3, naming="anonymous"),
    told(2, "ein Manager", "Abendpost", 4, naming="anonymous"),
    told(3, "ein Manager", "Morgenblatt", 5, naming="anonymous"),
]


def keep(store: Store, ledgers: list[Ledger]) -> None:
    entries = [Entry(article=one.article, quotations=one.quotations, summary=one.summary) for one in ledgers]
    store.keep(entries, reader="r")


def test_both_databases_hold_what_is_found_at_once(store: Store) -> None:
    keep(store, LEDGERS)
    corpus = Corpus(store)
    corpus.compare()
    (at_once,) = stories.find_stories(LEDGERS)
    (kept,) = corpus.stories(StoryQuery())
    assert kept.story == at_once.story
    assert [one.claim for one in corpus.claims(ClaimQuery())] == list(at_once.claims)
    assert kept.outlets == ("Küstenbote", "Abendpost", "Morgenblatt")
    assert (kept.first, kept.last, kept.claims) == (LEDGERS[0].article.published, LEDGERS[2].article.published, 1)


CLAIMS = [
    (ClaimQuery(), 1),
    (ClaimQuery(words="werft nordh"), 1),
    (ClaimQuery(words="Manag"), 1),
    (ClaimQuery(words="Bürgermeister"), 0),
    (ClaimQuery(outlet="kuesten"), 1),
    (ClaimQuery(outlet="Inselblatt"), 0),
    (ClaimQuery(since="2025-03-03"), 1),
    (ClaimQuery(since="2025-03-04"), 0),
    (ClaimQuery(until="2025-03-03"), 1),
    (ClaimQuery(until="2025-03-02"), 0),
    (ClaimQuery(circular=True), 0),
    (ClaimQuery(circular=False), 1),
    (ClaimQuery(unnamed=True), 1),
    (ClaimQuery(unnamed=False), 0),
    (ClaimQuery(disputed=False), 1),
    (ClaimQuery(disputed=True), 0),
    (ClaimQuery(outlets=3), 1),
    (ClaimQuery(outlets=4), 0),
    (ClaimQuery(sources=1, sort="time"), 1),
    (ClaimQuery(sources=0), 0),
    (ClaimQuery(offset=1), 0),
]


def test_claims_are_filtered(compared: Corpus) -> None:
    assert [query for query, n in CLAIMS if len(compared.claims(query)) != n] == []


STORIES = [
    (StoryQuery(sort="outlets"), 1),
    (StoryQuery(words="Werft"), 1),
    (StoryQuery(words="Schleuse"), 0),
    (StoryQuery(outlet="Abendpost"), 1),
    (StoryQuery(since="2025-03-05", until="2025-03-05"), 1),
    (StoryQuery(since="2025-03-06"), 0),
    (StoryQuery(articles=4), 0),
    (StoryQuery(outlets=3), 1),
    (StoryQuery(outlets=4), 0),
]


def test_stories_are_filtered(compared: Corpus) -> None:
    assert [query for query, n in STORIES if len(compared.stories(query)) != n] == []


@pytest.fixture
def compared(store: Store) -> Corpus:
    keep(store, LEDGERS)
    corpus = Corpus(store)
    corpus.compare()
    return corpus


def test_ids_may_be_cut_short_and_unknown_ones_are_refused(compared: Corpus) -> None:
    (kept,) = compared.claims(ClaimQuery())
    assert compared.claim(kept.claim.id[:6]) == kept
    assert compared.story(kept.claim.story[:8]).story.id == kept.claim.story
    assert compared.claims(ClaimQuery(story=kept.claim.story[:8])) == [kept]
    for unknown in ("c-", "c-zzzzzz", "", "c-%"):
        with pytest.raises(UnknownIdError):
            compared.claim(unknown)
    with pytest.raises(UnknownIdError, match="no story"):
        compared.claims(ClaimQuery(story="s-zzzz"))


def test_what_cannot_be_asked_is_refused(compared: Corpus) -> None:
    for query in [ClaimQuery(limit=0), ClaimQuery(offset=-1), ClaimQuery(since="gestern"), ClaimQuery(words="!?")]:
        with pytest.raises(UsageError):
            compared.claims(query)


def _compare(corpus: str) -> None:
    with open_store(corpus, writable=True) as store:
        Corpus(store).compare()


def test_two_that_compare_at_once_do_no_harm(store: Store, corpus: str) -> None:
    many = [told(number, "ein Manager", f"Blatt {number}", number % 9 + 1) for number in range(12)]
    keep(store, many)
    method = multiprocessing.get_context("spawn")
    processes = [method.Process(target=_compare, args=(corpus,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    (at_once,) = stories.find_stories(many)
    assert [one.story for one in Corpus(store).stories(StoryQuery())] == [at_once.story]


def test_a_corpus_of_the_first_format_is_compared_at_the_first_question(store: Store, corpus: str) -> None:
    keep(store, LEDGERS)
    Corpus(store).compare()
    (kept,) = Corpus(store).claims(ClaimQuery())
    with store.engine.begin() as connection:
        for table in ("claim", "story", "reuse", "leading", "standing", "print", "trace", "due"):
            connection.execute(text(f'DROP TABLE "{table}"'))
        connection.execute(text("DELETE FROM about WHERE name = 'compared by'"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with open_store(corpus, writable=True) as migrated:
        assert Corpus(migrated).waiting().articles_waiting == 3
        Corpus(migrated).compare()
        assert Corpus(migrated).claims(ClaimQuery()) == [kept]
