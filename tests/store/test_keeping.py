"""What goes in comes out unchanged, once, and nothing of it is lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import article, quotation, said, source

from inquit.records import Quotation, Rejected, SearchQuery, SourceQuery, Span, Summary
from inquit.store import Entry, Store, open_store

BRIDGE = "Die Brücke bleibt bis Ostern gesperrt, sagte Ina Lohse. Das sei unzumutbar, sagte Jan Behm."
PAIRS = (("Die Brücke bleibt bis Ostern gesperrt", "Ina Lohse"), ("Das sei unzumutbar", "Jan Behm"))
URL = "https://tagblatt.example/bruecke"


def test_an_article_comes_out_as_it_went_in(store: Store) -> None:
    given_article = article(
        BRIDGE,
        url=URL,
        title="Brücke",
        outlet="Tagblatt",
        credits=("dpx",),
        authors=("A. B.",),
        furniture=(Span(0, 3),),
    )
    summary = Summary(statements=2, primary_sources=(), unnamed_share=0.5, relayed_share=0, unsourced_share=0)
    entry = replace(said(BRIDGE, *PAIRS), article=given_article, summary=summary)
    (kept,) = store.keep([entry], reader="r 1")
    assert kept.outcome == "added"  # type: ignore[union-attr]
    found = store.article(given_article.id)
    assert (found.article, found.quotations, found.summary) == (given_article, entry.quotations, summary)
    assert (found.state, found.reader) == ("read", "r 1")


def test_the_same_again_changes_nothing(store: Store) -> None:
    entry = said(BRIDGE, *PAIRS, url=URL)
    store.keep([entry, entry], reader="r")
    before = store.count(), store.search(SearchQuery(words="Brücke")), store.sources(SourceQuery())
    assert [kept.outcome for kept in store.keep([entry], reader="r")] == ["unchanged"]  # type: ignore[union-attr]
    assert (store.count(), store.search(SearchQuery(words="Brücke")), store.sources(SourceQuery())) == before
    assert store.count().statements == 2
    assert set(store.known([entry.article], "r")) == {entry.article.id}


def test_another_content_at_the_same_url_is_a_version_and_the_old_one_stays(store: Store) -> None:
    old = said(BRIDGE, *PAIRS, url=URL)
    changed = BRIDGE.replace("Ostern", "Pfingsten")
    new = said(changed, ("Die Brücke bleibt bis Pfingsten gesperrt", "Ina Lohse"), url=URL + "#absatz")
    store.keep([old], reader="r")
    (kept,) = store.keep([new], reader="r")
    assert (kept.outcome, kept.version) == ("version", 2)  # type: ignore[union-attr]
    assert [(v.version, v.current, a.text) for v, a in store.history(old.article.id)] == [
        (1, False, BRIDGE),
        (2, True, changed),
    ]
    assert [hit.article for hit in store.search(SearchQuery(words="gesperrt"))] == [new.article.id]
    assert store.search(SearchQuery(words="Ostern")) == []
    assert [(s.name, s.statements) for s in store.sources(SourceQuery())] == [("Ina Lohse", 1)]
    assert (store.count().articles, store.count().versions) == (1, 2)
    assert [kept.outcome for kept in store.keep([old, new], reader="r")] == ["unchanged"] * 2  # type: ignore[union-attr]


def test_a_changed_headline_is_a_version_too(store: Store) -> None:
    store.keep([said(BRIDGE, url=URL, title="Sperrung verlängert", id="a1")], reader="r")
    (kept,) = store.keep([said(BRIDGE, url=URL, title="Ärger um Brücke", id="a1")], reader="r")
    assert (kept.outcome, kept.version) == ("version", 2)  # type: ignore[union-attr]
    assert kept.id != "a1"  # type: ignore[union-attr]
    assert store.article("a1").article.title == "Sperrung verlängert"


def test_the_same_text_of_two_outlets_is_two_articles(store: Store) -> None:
    one, other = (said(BRIDGE, *PAIRS, outlet=name, id="same") for name in ("Tagblatt", "Kurier"))
    store.keep([one, other], reader="r")
    assert store.count().articles == 2
    assert store.keep([other], reader="r")[0].outcome == "unchanged"  # type: ignore[union-attr]


def test_what_is_not_read_is_kept_for_a_reader_that_can(store: Store) -> None:
    french = article("Le pont reste fermé.", language="fr", url="https://f.example/pont")
    broken = article(BRIDGE, url=URL)
    store.keep(
        [
            Entry(article=french, state="unread", detail="written in fr"),
            Entry(article=broken, state="failed", detail="x"),
        ],
        reader="r 1",
    )
    assert (store.count().unread, store.count().failed) == ({"fr": 1}, 1)
    assert store.search(SearchQuery(words="pont"))[0].kind == "article"
    n, due = store.to_read(states=("unread", "failed"), languages=("de",), reader="r 1")
    assert (n, list(due)) == (1, [("failed", broken)])
    (kept,) = store.keep([replace(said(BRIDGE, *PAIRS), article=broken)], reader="r 1", reread=True)
    assert (kept.outcome, kept.statements) == ("reread", 2)  # type: ignore[union-attr]
    assert store.count().failed == 0


def test_rereading_replaces_what_was_found(store: Store) -> None:
    entry = said(BRIDGE, *PAIRS, url=URL)
    store.keep([entry], reader="r 1")
    better = replace(entry, quotations=(quotation(0, BRIDGE, "Das sei unzumutbar", source(BRIDGE, "Ina Lohse")),))
    store.keep([better], reader="r 2", reread=True)
    assert [(s.name, s.statements) for s in store.sources(SourceQuery())] == [("Ina Lohse", 1)]
    assert [hit.speaker for hit in store.search(SearchQuery(among="statements"))] == ["Ina Lohse"]
    assert store.search(SearchQuery(words="Ostern", among="statements")) == []
    assert store.article(entry.article.id).reader == "r 2"


def test_a_reading_that_fails_does_not_replace_one_that_did_not(store: Store) -> None:
    entry = said(BRIDGE, *PAIRS, url=URL)
    store.keep([entry], reader="r 1")
    store.keep([Entry(article=entry.article, state="failed", detail="x")], reader="r 2", reread=True)
    assert store.article(entry.article.id).quotations == entry.quotations


def test_rejected_inputs_are_kept_with_the_reason_until_they_are_read(store: Store) -> None:
    store.keep(
        [Rejected(origin="a", reason="empty", detail="e"), Rejected(origin="b", reason="binary", detail="b")],
        reader="r",
    )
    store.keep([Rejected(origin="a", reason="encoding", detail="later")], reader="r")
    assert store.count().rejected == {"binary": 1, "encoding": 1}
    store.keep([said(BRIDGE, origin="a")], reader="r")
    assert [r.origin for r in store.rejections(10)] == ["b"]


def test_a_batch_goes_in_as_a_whole_or_not_at_all(store: Store) -> None:
    broken = said(BRIDGE, *PAIRS, url=URL)
    broken = replace(broken, quotations=(replace(broken.quotations[0], confidence=None),))  # type: ignore[arg-type]
    with pytest.raises(Exception, match=r"NOT NULL|null value"):
        store.keep([said("Ein Text.", url="https://t.example/1"), broken], reader="r")
    assert store.count().versions == 0
    assert store.search(SearchQuery()) == []
    assert store.sources(SourceQuery()) == []


def test_text_that_databases_do_not_take_is_kept(store: Store) -> None:
    text = "Null \0, halbes Paar \ud800, Emoji 🙂, sagte Ina Lohse."
    entry = Entry(
        article=article(text, title="T\0\ud800", outlet="O\0", url="https://x.example/\ud800", origin="o\ud800"),
        quotations=(quotation(0, text, "Null \0, halbes Paar \ud800", source(text, "Ina Lohse")),),
    )
    store.keep([entry], reader="r")
    assert store.article(entry.article.id).article == entry.article
    assert store.search(SearchQuery(words="halbes"))[0].speaker == "Ina Lohse"


@settings(max_examples=40, deadline=None)
@given(text=st.text(min_size=1, max_size=300), title=st.text(max_size=20), data=st.data())
def test_any_text_goes_in_and_comes_out(
    tmp_path_factory: pytest.TempPathFactory, text: str, title: str, data: st.DataObject
) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    found = Quotation(id=0, type="Direct", medium="none", quote=(Span(begin, end),), confidence=1.0)
    entry = Entry(article=article(text, title=title), quotations=(found,))
    with open_store(str(tmp_path_factory.getbasetemp() / "any.db"), create=True) as store:
        (before,) = store.keep([entry], reader="r", reread=True)
        kept = store.article(before.id)  # type: ignore[union-attr]
        assert kept.article == replace(entry.article, id=kept.article.id)
        assert kept.quotations == entry.quotations
        store.keep([Entry(article=entry.article)], reader="s", reread=True)
        assert store.search(SearchQuery(among="statements")) == []
