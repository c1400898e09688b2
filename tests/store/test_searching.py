"""Questions and their answers, the same on every database."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from making import article, quotation, said, source

from inquit.errors import UsageError
from inquit.records import Quotation, SearchQuery, Span
from inquit.store import Entry, Store, open_store
from inquit.store.folding import fold, words
from inquit.store.searching import parse

WORDS = "Die Talbrücke an der Großen Straße wird saniert"
OTHER = "Über Müllers Brückensperrung"
TEXT = f"{WORDS}, sagte Uwe Müller. {OTHER} ärgere man sich, hieß es in der Verwaltung. Der Rest ist Prosa: Kraniche."


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three articles in which the filters differ."""
    if request.param == "sqlite":
        name = str(tmp_path_factory.mktemp("filled") / "c.db")
    else:
        name = str(request.getfixturevalue("another_database"))
    with open_store(name, create=True) as store:
        fill(store)
        yield store


def fill(store: Store) -> None:
    official = source(TEXT, "in der Verwaltung", kind="group", naming="anonymous")
    first = Entry(
        article=article(
            TEXT, url="https://t.example/1", outlet="Tagblatt", published="2025-03-01T08:00:00+01:00", title="Neues"
        ),
        quotations=(
            quotation(0, TEXT, WORDS, source(TEXT, "Uwe Müller"), type="Direct", disputes=(1,)),
            quotation(1, TEXT, OTHER, official, stance="doubt"),
        ),
    )
    later = said(
        "Die Brücke hält, sagte Eva Roth.",
        ("Die Brücke hält", "Eva Roth"),
        published="2025-04-02",
        outlet="Kurier am Sonntag",
    )
    undated = said(
        "Eine Brücke, eine Brücke, eine Brücke! So Uwe Müller.",
        ("Eine Brücke", "Uwe Müller"),
        url="https://www.k.example/x",
    )
    store.keep([first, later, undated], reader="r")


def found(store: Store, **query: object) -> list[str]:
    return [f"{hit.snippet}" for hit in store.search(SearchQuery(among="statements", **query))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("grosse strasse", [WORDS]),
        ("grosses strassen", []),
        ("grossen strasse", [WORDS]),
        ("GROẞEN STRAẞE", [WORDS]),
        ("Mueller", [OTHER]),
        ("müllers", [OTHER]),
        ("talbruecke", [WORDS]),
        ("talbru*", [WORDS]),
        ("talbrücke kraniche", []),
        ('"Straße wird"', [WORDS]),
        ('"wird Straße"', []),
        ("„an der Großen“ saniert", [WORDS]),
        ("u\u0308ber", [OTHER]),
        ("der", [WORDS]),
        ("de", []),
        ("de*", [WORDS]),
    ],
)
def test_words_are_found_in_every_spelling(filled: Store, asked: str, expected: list[str]) -> None:
    assert found(filled, words=asked) == expected


def test_a_word_finds_compounds_that_begin_with_it_and_whole_words_first(filled: Store) -> None:
    assert found(filled, words="Brücke") == ["Eine Brücke", "Die Brücke hält", OTHER]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"speaker": "müller"}, [WORDS, "Eine Brücke"]),
        ({"speaker": "Mueller, Uwe"}, [WORDS, "Eine Brücke"]),
        ({"speaker": "verwaltung"}, [OTHER]),
        ({"outlet": "sonntag"}, ["Die Brücke hält"]),
        ({"outlet": "k.example"}, ["Eine Brücke"]),
        ({"type": "Direct"}, [WORDS]),
        ({"naming": "anonymous"}, [OTHER]),
        ({"stance": "doubt"}, [OTHER]),
        ({"disputed": True}, [OTHER]),
        ({"disputed": False}, ["Die Brücke hält", WORDS, "Eine Brücke"]),
        ({"since": "2025-03-01", "until": "2025-03-01"}, [OTHER, WORDS]),
        ({"since": "2025-03-01T07:01"}, ["Die Brücke hält"]),
        ({"since": "2025-03-01T07:00Z", "until": "2025-03"}, [OTHER, WORDS]),
        ({"until": "2025-03-31"}, [OTHER, WORDS]),
        ({"since": "2026"}, []),
        ({"words": "Brücke", "speaker": "Roth"}, ["Die Brücke hält"]),
        ({}, ["Die Brücke hält", OTHER, WORDS, "Eine Brücke"]),
        ({"limit": 1}, ["Die Brücke hält"]),
    ],
)
def test_filters(filled: Store, query: dict[str, object], expected: list[str]) -> None:
    assert found(filled, sort="time", **query) == expected


def test_a_source_is_asked_for_by_its_id(filled: Store) -> None:
    (hit,) = filled.search(SearchQuery(words="saniert", among="statements"))
    assert hit.source is not None
    assert found(filled, speaker=hit.source) == ["Eine Brücke", WORDS] or found(
        filled, speaker=hit.source, sort="time"
    ) == [
        WORDS,
        "Eine Brücke",
    ]


def test_a_hit_points_into_the_text(filled: Store) -> None:
    (hit,) = filled.search(SearchQuery(words="strasse talbruecke", among="statements"))
    assert (hit.id, hit.kind, hit.speaker, hit.naming) == (f"{hit.article}:0", "statement", "Uwe Müller", "named")
    assert [TEXT[b:e] for b, e in hit.spans] == [WORDS]
    assert [TEXT[b:e] for b, e in hit.matches] == ["Talbrücke", "Straße"]
    assert (hit.outlet, hit.published, hit.disputed) == ("Tagblatt", "2025-03-01T08:00:00+01:00", False)


def test_articles_are_found_where_no_statement_is(filled: Store) -> None:
    (hit,) = filled.search(SearchQuery(words="Prosa Kranich"))
    assert (hit.kind, hit.speaker, hit.title) == ("article", None, "Neues")
    assert [TEXT[b:e] for b, e in hit.matches] == ["Prosa", "Kraniche"]
    (window,) = hit.spans
    assert TEXT[window.begin : window.end] == hit.snippet
    kinds = [hit.kind for hit in filled.search(SearchQuery(words="Brücke"))]
    assert kinds == ["statement"] * 3
    assert len(filled.search(SearchQuery(words="Brücke", among="articles"))) == 3
    assert len(filled.search(SearchQuery(among="articles", outlet="Tagblatt"))) == 1


def test_furniture_is_not_searched(store: Store) -> None:
    text = "Lesen Sie auch: Kraniche. Die Sanierung beginnt."
    store.keep([Entry(article=article(text, furniture=(Span(0, 26),)))], reader="r")
    assert store.search(SearchQuery(words="Kraniche")) == []
    assert len(store.search(SearchQuery(words="Sanierung"))) == 1


def test_long_articles_are_found_by_their_filters_and_first_words(store: Store) -> None:
    text = "Anfang " + " ".join(f"wort{n}" for n in range(60_000))
    store.keep([Entry(article=article(text, outlet="Tagblatt"))], reader="r")
    assert len(store.search(SearchQuery(words="Anfang", outlet="tagblatt"))) == 1


def test_wrong_questions_are_wrong_usage(filled: Store) -> None:
    for query in (
        SearchQuery(words="!?"),
        SearchQuery(since="gestern"),
        SearchQuery(limit=0),
        SearchQuery(speaker="…"),
        SearchQuery(among="articles", stance="deny"),
    ):
        with pytest.raises(UsageError):
            filled.search(query)


@pytest.mark.parametrize(
    "asked", ['"', "a AND OR NOT (", "'; DROP TABLE article; --", "§Kx *", "x:* & !y", "NEAR(a b)", "\ud800", "日本"]
)
def test_no_words_are_commands(filled: Store, asked: str) -> None:
    try:
        filled.search(SearchQuery(words=asked))
    except UsageError:
        assert words(asked) == []
    assert filled.count().articles == 3


def test_the_words_of_a_question() -> None:
    assert [(one.words, one.prefix) for one in parse('Die "neue Brücke" CDU-Chef')] == [
        (("die",), False),
        (("neue", "bruecke"), False),
        (("cdu", "chef"), True),
    ]


def test_folding() -> None:
    assert [fold(w) for w in ("Straße", "STRASSE", "Fuß", "Öl", "Oel", "Žižek", "Crème", "Hafen\u00adstadt")] == [
        "strasse",
        "strasse",
        "fuss",
        "oel",
        "oel",
        "zizek",
        "creme",
        "hafenstadt",
    ]


def test_every_number_of_hits_is_ordered_alike(store: Store) -> None:
    entries = [
        said(
            f"Das Wetter {'bleibt ' * (n % 7)}wechselhaft, sagte Ina Lohse {n}.",
            (f"Das Wetter {'bleibt ' * (n % 7)}wechselhaft", "Ina Lohse"),
            url=f"https://w.example/{n}",
            published=f"2025-01-{n % 28 + 1:02}",
        )
        for n in range(60)
    ]
    store.keep(entries, reader="r")
    hits = store.search(SearchQuery(words="Wetter", limit=60))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.id for hit in hits}) == 60
    times = [hit.published for hit in store.search(SearchQuery(words="Wetter", sort="time", limit=60))]
    assert times == sorted(times, key=str, reverse=True)
    assert replace(hits[0], score=0.0) == replace(store.search(SearchQuery(words="Wetter", limit=1))[0], score=0.0)


def test_a_statement_of_several_spans_is_one_snippet(store: Store) -> None:
    text = "„Wir bauen“, sagte Eva Roth, „im Mai.“"
    both = Quotation(
        id=0,
        type="Direct",
        medium="Speech",
        quote=(Span(0, 11), Span(29, 38)),
        chain=(source(text, "Eva Roth"),),
        confidence=1,
    )
    store.keep([Entry(article=article(text), quotations=(both,))], reader="r")
    (hit,) = store.search(SearchQuery(words="bauen Mai"))
    assert hit.snippet == "„Wir bauen“ … „im Mai.“"
    assert [text[b:e] for b, e in hit.matches] == ["bauen", "Mai"]
