"""One person across articles, namesakes, merges and splits by hand, and verdicts."""

import itertools
from dataclasses import replace

import pytest
from making import article, quotation, said, source

from inquit.errors import UnknownIdError, UsageError
from inquit.records import Article, SearchQuery, SourceProfile, SourceQuery, Span
from inquit.store import Entry, Store
from inquit.store.identity import described, partition


def entry(number: int, sentence: str, name: str = "Karl Otto", **known: str) -> Entry:
    """An article in which `name` says one thing."""
    text = f"{sentence} Man wolle bauen, Nummer {number}."
    return said(text, (f"Man wolle bauen, Nummer {number}", name), url=f"https://t.example/{number}", **known)


def counted(store: Store, **query: str) -> list[tuple[str, int]]:
    return [(one.name, one.statements) for one in store.sources(SourceQuery(**query))]  # type: ignore[arg-type]


def only(store: Store, name: str) -> SourceProfile:
    (found,) = store.sources(SourceQuery(name=name))
    return found


SPD = "Der Kölner SPD-Abgeordnete Karl Otto sagte es."
AGAIN = "Karl Otto (SPD) sagte es."
COACH = "Der Cheftrainer Karl Otto sagte es."
BARE = "Karl Otto sagte es."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (SPD, {"party:spd", "field:politics", "place:koeln"}),
        (AGAIN, {"party:spd", "field:politics"}),
        (COACH, {"field:sport"}),
        (BARE, set()),
        ("Das sagte Karl Otto, Professor in Bern, am Montag.", {"field:science"}),
        ("Karl Otto aus Kiel sagte es.", {"place:kiel"}),
        ("Der Bürgermeister von Ulm, Karl Otto, sagte es.", set()),
        ("Der Bürgermeister von Ulm Karl Otto sagte es.", {"field:politics", "place:ulm"}),
        ("Der Minister sprach. Karl Otto schwieg.", set()),
        ("Karl Otto und der Minister schwiegen.", set()),
    ],
)
def test_what_an_article_says_of_a_person(sentence: str, expected: set[str]) -> None:
    assert set(described("Karl Otto", Article(id="a", origin="a", text=sentence))) == expected


@pytest.mark.parametrize(
    ("signatures", "expected"),
    [
        ([()], [[()]]),
        ([(), ("party:spd",)], [[(), ("party:spd",)]]),
        ([("party:spd",), ("party:cdu",)], [[("party:cdu",)], [("party:spd",)]]),
        ([(), ("party:spd",), ("party:cdu",)], [[()], [("party:cdu",)], [("party:spd",)]]),
        ([("field:law", "party:spd"), ("field:politics", "party:spd")], 1),
        ([("field:law", "place:kiel"), ("field:sport", "place:kiel")], 2),
        ([("place:basel",), ("place:basl",)], 1),
        ([("place:muenchn",), ("place:muenchen",)], 1),
        ([("place:kiel",), ("place:ulm",)], 2),
        ([("field:law",), ("place:ulm",)], 1),
        ([("split:x",), ()], 2),
    ],
)
def test_who_is_the_same(signatures: list[tuple[str, ...]], expected: int | list[list[tuple[str, ...]]]) -> None:
    for order in itertools.permutations(signatures):
        parts = partition(order)
        assert parts == expected or len(parts) == expected


def test_the_same_name_is_the_same_source_when_nothing_speaks_against_it(store: Store) -> None:
    store.keep([entry(1, SPD, outlet="A"), entry(2, AGAIN, outlet="B"), entry(3, BARE, outlet="A")], reader="r")
    found = only(store, "otto")
    assert (found.name, found.statements, found.namesakes) == ("Karl Otto", 3, ())
    assert [(one.outlet, one.statements) for one in found.outlets] == [("A", 2), ("B", 1)]
    assert set(found.known_as) == {"party:spd", "field:politics", "place:koeln"}


def test_namesakes_stay_apart_and_who_could_be_either_is_neither(store: Store) -> None:
    store.keep([entry(1, SPD), entry(2, AGAIN)], reader="r")
    before = only(store, "otto").id
    store.keep([entry(3, COACH), entry(4, BARE)], reader="r")
    found = store.sources(SourceQuery(name="otto"))
    assert sorted(one.statements for one in found) == [1, 1, 2]
    assert all(len(one.namesakes) == 2 for one in found)
    with pytest.raises(UnknownIdError, match="is now 3 sources"):
        store.source(before)


def test_the_order_of_articles_does_not_matter(store: Store) -> None:
    entries = [
        entry(1, SPD),
        entry(2, COACH),
        entry(3, BARE, "Karl Otto"),
        entry(4, "Dr. Eva Roth sagte es.", "Dr. Eva Roth"),
    ]
    entries.append(entry(5, "Eva Roth sagte es.", "Eva Roth"))
    store.keep(entries, reader="r")
    expected = {one.id: one for one in store.sources(SourceQuery())}
    for one in entries:
        store.keep([Entry(article=one.article)], reader="r", reread=True)
    assert store.sources(SourceQuery()) == []
    for one in reversed(entries):
        store.keep([one], reader="r", reread=True)
    assert {one.id: one for one in store.sources(SourceQuery())} == expected
    assert counted(store, name="roth") == [("Eva Roth", 2)]


def test_who_is_not_named_is_nobody_elsewhere(store: Store) -> None:
    for number in (1, 2):
        text = f"Ein Diplomat sagte, man verhandle {number}."
        diplomat = source(text, "Ein Diplomat", naming="anonymous")
        found = quotation(0, text, f"man verhandle {number}", diplomat)
        store.keep([Entry(article=article(text, url=f"https://t.example/{number}"), quotations=(found,))], reader="r")
    assert counted(store, naming="anonymous") == [("Ein Diplomat", 1)] * 2


def test_sources_by_outlet_kind_and_time(store: Store) -> None:
    text = "Die Stadtwerke teilten mit, es werde gebaut."
    company = quotation(0, text, "es werde gebaut", source(text, "Stadtwerke", kind="organization"))
    store.keep(
        [
            entry(1, BARE, outlet="Kurier", published="2025-01-02"),
            entry(2, BARE, outlet="Tagblatt", published="2025-03-04T10:00:00+02:00"),
            Entry(article=article(text, outlet="Kurier"), quotations=(company,)),
        ],
        reader="r",
    )
    assert counted(store) == [("Karl Otto", 2), ("Stadtwerke", 1)]
    assert sorted(counted(store, outlet="kurier")) == [("Karl Otto", 1), ("Stadtwerke", 1)]
    assert counted(store, kind="organization") == [("Stadtwerke", 1)]
    otto = only(store, "otto")
    assert (otto.first, otto.last) == ("2025-01-02T00:00Z", "2025-03-04T08:00Z")
    assert (only(store, "stadtwerke").first, only(store, "stadtwerke").last) == (None, None)
    assert len(store.sources(SourceQuery(limit=1))) == 1


def test_relays_are_counted_beside_statements(store: Store) -> None:
    text = "Ein Beamter sagte der Moorpost, man verhandle."
    chain = (source(text, "Moorpost", kind="outlet"), source(text, "Ein Beamter", naming="anonymous"))
    store.keep([Entry(article=article(text), quotations=(quotation(0, text, "man verhandle", *chain),))], reader="r")
    assert counted(store) == [("Ein Beamter", 1)]
    (hit,) = store.search(SearchQuery(speaker="beamter"))
    assert store.search(SearchQuery(speaker="moorpost")) == []
    assert hit.source is not None
    assert store.count().sources == 1


def reread(store: Store, entries: list[Entry]) -> None:
    """Read everything again, as a better reader would: first nothing is found, then all."""
    store.keep([Entry(article=one.article) for one in entries], reader="r 2", reread=True)
    store.keep(entries, reader="r 3", reread=True)


def test_a_merge_by_hand_survives_rereading_and_can_be_undone(store: Store) -> None:
    entries = [entry(1, "K. Otto sagte es.", "K. Otto"), entry(2, BARE), entry(3, "Eva Roth sagte es.", "Eva Roth")]
    store.keep(entries, reader="r")
    found = {one.name: one.id for one in store.sources(SourceQuery())}
    short, full = found["K. Otto"], found["Karl Otto"]
    merged = store.merge(full, [short])
    assert (merged.id, merged.name, merged.statements, merged.names) == (full, "Karl Otto", 2, ("K. Otto", "Karl Otto"))
    reread(store, entries)
    assert store.source(short) == merged
    assert len(store.search(SearchQuery(speaker=short))) == 2
    late = entry(4, "K. Otto sagte es.", "K. Otto")
    store.keep([late], reader="r")
    assert only(store, "karl").statements == 3
    with pytest.raises(UsageError, match="already the same"):
        store.merge(full, [short])
    parts = store.split(full, [short])
    assert sorted((one.name, one.statements) for one in parts) == [("K. Otto", 2), ("Karl Otto", 1)]


def test_namesakes_are_merged_by_hand(store: Store) -> None:
    entries = [entry(1, SPD), entry(2, COACH), entry(3, BARE)]
    store.keep(entries, reader="r")
    first, *others = [one.id for one in store.sources(SourceQuery(name="otto"))]
    assert store.merge(first, others).statements == 3
    reread(store, entries)
    assert counted(store, name="otto") == [("Karl Otto", 3)]
    assert store.source(others[0]) == store.source(first)


def test_a_split_by_hand_survives_rereading(store: Store) -> None:
    entries = [entry(n, BARE) for n in (1, 2, 3)]
    store.keep(entries, reader="r")
    whole = only(store, "otto").id
    rest, part = store.split(whole, [entries[0].article.id])
    assert ((rest.id, rest.statements), part.statements) == ((whole, 2), 1)
    reread(store, entries)
    assert {one.id: one.statements for one in store.sources(SourceQuery())} == {whole: 2, part.id: 1}
    changed = entry(1, "Karl Otto sagte es noch einmal.")
    store.keep([changed], reader="r")
    assert [hit.source for hit in store.search(SearchQuery(speaker=part.id))] == [part.id]
    assert store.merge(whole, [part.id]).statements == 3


def test_merging_and_splitting_what_is_not_there_is_a_clear_error(store: Store) -> None:
    store.keep([entry(1, BARE), entry(2, "Eva Roth sagte es.", "Eva Roth")], reader="r")
    otto, roth = only(store, "otto").id, only(store, "roth").id
    other = store.search(SearchQuery(speaker="roth"))[0].article
    for error, call in (
        (UnknownIdError, lambda: store.merge(otto, ["s000000000000000"])),
        (UsageError, lambda: store.merge(otto, [otto])),
        (UsageError, lambda: store.split(otto, [roth])),
        (UsageError, lambda: store.split(otto, [other])),
        (UnknownIdError, lambda: store.split(otto, ["https://nowhere.example"])),
    ):
        with pytest.raises(error):
            call()
    assert len(store.sources(SourceQuery())) == 2


def test_a_verdict_holds_for_the_words_and_survives_rereading(store: Store) -> None:
    one = entry(1, BARE)
    store.keep([one], reader="r")
    store.mark(one.article.id, 0, "right", note="checked", fixed=None)
    words = one.quotations[0]
    shifted = replace(words, id=3, quote=(Span(words.quote[0].begin, words.quote[0].end - 2),))
    store.keep([replace(one, quotations=(shifted,))], reader="r 2", reread=True)
    verdicts = store.article(one.article.id).verdicts
    assert {number: (v.judgement, v.note) for number, v in verdicts.items()} == {3: ("right", "checked")}
    assert [hit.verdict for hit in store.search(SearchQuery(judged="right"))] == ["right"]
    store.keep([Entry(article=one.article)], reader="r 3", reread=True)
    assert [v.judgement for v in store.article(one.article.id).lost] == ["right"]
    store.keep([one], reader="r 4", reread=True)
    assert store.article(one.article.id).verdicts[0].note == "checked"


def test_what_is_judged_wrong_does_not_count_and_a_later_verdict_holds(store: Store) -> None:
    one = entry(1, BARE)
    store.keep([one], reader="r")
    store.mark(one.article.id, 0, "wrong", note=None, fixed=None)
    assert counted(store) == []
    assert [hit.verdict for hit in store.search(SearchQuery(speaker="otto"))] == ["wrong"]
    store.mark(one.article.id, 0, "right", note=None, fixed=None)
    assert counted(store) == [("Karl Otto", 1)]
    assert store.count().verdicts == 2
    with pytest.raises(UnknownIdError, match="no quotation 7"):
        store.mark(one.article.id, 7, "right", note=None, fixed=None)


def test_a_correction_is_searched_counted_and_shown(store: Store) -> None:
    text = "Karl Otto sagte, man wolle bauen. Eva Roth sah zu."
    found = quotation(0, text, "man wolle bauen", source(text, "Karl Otto"))
    one = Entry(article=article(text), quotations=(found,))
    store.keep([one], reader="r")
    fixed = replace(found, type="Reported", chain=(source(text, "Eva Roth"),), quote=(Span(0, 9),))
    store.mark(one.article.id, 0, "fixed", note=None, fixed=fixed)
    assert counted(store) == [("Eva Roth", 1)]
    (hit,) = store.search(SearchQuery(speaker="roth", type="Reported"))
    assert (hit.snippet, hit.spans, hit.verdict) == ("Karl Otto", (Span(0, 9),), "fixed")
    reread(store, [one])
    assert counted(store) == [("Eva Roth", 1)]
    assert store.article(one.article.id).quotations == (fixed,)
    agreeing = replace(one, quotations=(replace(fixed, id=5),))
    store.keep([agreeing], reader="r 5", reread=True)
    assert set(store.article(one.article.id).verdicts) == {5}
