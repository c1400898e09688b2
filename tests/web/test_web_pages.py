"""Every page of the demonstration: what it shows, where it leads, and its JSON."""

import csv
import io
import json
import re

import pytest
from webpages import Page, Visitor, harmless

from inquit.records import CorpusCount


def first(page: Page, beginning: str) -> str:
    """The first link that begins so."""
    return next(link for link in page.links() if link.startswith(beginning))


@pytest.fixture(scope="module")
def article(visitor: Visitor) -> str:
    """The article of the ferry line, which says most."""
    hits = visitor.get("/api/search", params={"words": "Fährlinie", "among": "articles"}).json()
    return f"/articles/{hits[0]['article']}"


def test_the_front_page_tells_the_main_claim_its_sources_and_who_denies_it(visitor: Visitor) -> None:
    page = harmless(visitor.get("/"))
    main = visitor.get("/api/claims", params={"outlets": 2, "limit": 1}).json()[0]
    assert main["claim"]["text"] in page.words
    assert f"{main['claim']['independent_sources']}independent source" in page.words.replace("\n", "")
    assert main["disputed_by"]
    assert all(name in page.words for name in main["disputed_by"])
    assert first(page, "/claims/") == f"/claims/{main['claim']['id']}"


def test_all_links_of_all_kinds_of_pages_lead_somewhere(visitor: Visitor) -> None:
    seen: set[str] = set()
    kinds: dict[str, int] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop().partition("#")[0] or "/"
        kind = re.sub(r"(?<=/)[\w.:-]*\d[\w.:-]*", "ID", path.partition("?")[0]) + ("?" if "?" in path else "")
        if path in seen or kinds.get(kind, 0) >= (9 if kind == "/stories/ID" else 2):
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        if answer.headers["content-type"].startswith("text/html") and "/export" not in path:
            links = [link.removeprefix("http://127.0.0.1:8765") for link in harmless(answer).links()]
            waiting += [link for link in links if link.startswith("/") and "lang=" not in link]
    assert {"/claims/ID", "/stories/ID", "/stories/ID/ID/ID", "/sources/ID", "/articles/ID", "/review"} <= set(kinds)


def test_the_article_is_shown_whole_and_its_numbers_lead_to_the_ledger_and_back(visitor: Visitor, article: str) -> None:
    page = harmless(visitor.get(article))
    kept = visitor.get(f"/api{article}").json()
    shown = re.sub(r"\W|\d", "", page.words)
    for sentence in kept["article"]["text"].split("\n"):
        assert re.sub(r"\W|\d", "", sentence) in shown
    ids = [one["id"] for _, one in page.elements if one.get("id")]
    assert len(ids) == len(set(ids))
    inner = [link[1:] for link in page.links() if link.startswith("#")]
    assert {f"s{n}" for n in range(1, len(kept["quotations"]) + 1)} <= set(inner)
    assert set(inner) <= set(ids)


def test_filters_mark_only_what_is_asked_for(visitor: Visitor, article: str) -> None:
    quotations = visitor.get(f"/api{article}").json()["quotations"]
    unnamed = [q for q in quotations if q["chain"] and q["chain"][-1]["naming"] != "named"]
    page = harmless(visitor.get(f"{article}?only=unnamed"))
    entries = [one for one in page.named("li") if (one.get("class") or "").startswith("entry")]
    assert 0 < len(entries) == len(unnamed) < len(quotations)
    assert f"{len(unnamed)} of {len(quotations)} statements shown" in page.words
    everything = harmless(visitor.get(f"{article}?only=nonsense"))
    assert len([one for one in everything.named("li") if "data-s" in one]) == len(quotations)


def test_one_source_is_chosen_by_its_name(visitor: Visitor, article: str) -> None:
    page = harmless(visitor.get(article))
    chosen = next(one["value"] for one in page.named("option") if one.get("value") == "hanne brodersen")
    of_one = harmless(visitor.get(article, params={"source": chosen}))
    said = [q for q in visitor.get(f"/api{article}").json()["quotations"] if q["chain"]]
    wanted = [n for n, q in enumerate(said, 1) if q["chain"][-1]["name"] == "Hanne Brodersen"]
    entries = [one["data-s"] for one in of_one.named("li") if "data-s" in one]
    assert entries == [str(n) for n in wanted] != []


def test_search_has_the_filters_of_the_command(visitor: Visitor) -> None:
    page = harmless(visitor.get("/search", params={"stance": "deny", "among": "statements"}))
    hits = visitor.get("/api/search", params={"stance": "deny", "among": "statements"}).json()
    assert hits
    assert {hit["stance"] for hit in hits} == {"deny"}
    assert all(hit["speaker"] in page.words for hit in hits if hit["speaker"])
    found = harmless(visitor.get("/search?words=nacht"))
    assert any(tag == "mark" for tag, _ in found.elements)
    assert "Nothing found" in harmless(visitor.get("/search?words=Xylophon")).words


@pytest.mark.parametrize(
    "asked", ["since=gestern", "words=%2C%2C", "among=articles&stance=deny", "outlet=%2B"], ids=lambda one: one
)
def test_a_question_that_makes_no_sense_is_told_on_the_page(visitor: Visitor, asked: str) -> None:
    answer = visitor.get(f"/search?{asked}")
    assert answer.status_code == 422
    assert harmless(answer).named("p")[1:] != []
    assert 'role="alert"' in answer.text
    assert visitor.get(f"/api/search?{asked}").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/search?type=Nonsense",
        "/search?page=x",
        "/claims?outlets=-1",
        "/claims?sources=x",
        "/sources?kind=x",
        "/review?judged=x",
    ],
)
def test_a_value_that_cannot_be_is_refused(visitor: Visitor, path: str) -> None:
    assert harmless(visitor.get(path)).named("h1")
    assert visitor.get(path).status_code == 422


@pytest.mark.parametrize(
    "path", ["/search?words=der&page=999999", "/sources?page=-3", "/review?page=50", "/claims?page=50"]
)
def test_pages_end(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 200
    harmless(answer)


def test_pages_of_an_answer_do_not_overlap(visitor: Visitor) -> None:
    def links(page: Page) -> list[str]:
        return [link for link in page.links() if link.startswith("/sources/s")]

    one, two = (harmless(visitor.get(f"/sources?page={n}")) for n in (1, 2))
    assert len(links(one)) == 30
    assert links(two)
    assert set(links(one)) & set(links(two)) == set()


def test_a_source_shows_all_it_says_and_through_whom(visitor: Visitor) -> None:
    source = visitor.get("/api/sources", params={"limit": 1}).json()[0]
    page = harmless(visitor.get(f"/sources/{source['id']}"))
    assert all((one["outlet"] or "no outlet") in page.words for one in source["outlets"])
    said = visitor.get(f"/api/sources/{source['id']}", params={"limit": 5}).json()["statements"]
    assert all(hit["snippet"] in page.words for hit in said)


def test_a_story_tells_who_carries_whose_text(visitor: Visitor) -> None:
    kept = visitor.get("/api/stories", params={"sort": "outlets", "limit": 1}).json()[0]
    path = f"/stories/{kept['story']['id']}"
    page = harmless(visitor.get(path))
    assert all(one["outlet"] in page.words for one in kept["articles"])
    link = next(one for one in kept["story"]["links"] if one["original_evidence"])
    beside = harmless(visitor.get(f"{path}/{link['derived']}/{link['original']}"))
    derived = visitor.get(f"/api/articles/{link['derived']}").json()["article"]["text"]
    for begin, end in link["evidence"]:
        assert re.sub(r"\s", "", derived[begin:end]) in re.sub(r"\s", "", beside.words)
    assert visitor.get(f"{path}/{link['original']}/{link['derived']}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/articles/nope", "/sources/nope", "/claims/nope", "/stories/nope", "/read/nope", "/x"]
)
def test_what_is_not_there_is_a_page_that_says_so(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "Not found" in harmless(answer).words
    known = visitor.get(f"/api{path}")
    assert (known.status_code, known.headers["content-type"]) == (404, "application/json")


@pytest.mark.parametrize("form", ["html", "markdown", "json", "annotation", "prov", "schema"])
def test_an_article_is_saved_and_never_shown(visitor: Visitor, article: str, form: str) -> None:
    answer = visitor.get(f"{article}/export/{form}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="inquit-')
    assert "Brodersen" in answer.text
    if answer.headers["content-type"] == "application/json":
        json.loads(answer.content)


def test_what_is_found_is_saved(visitor: Visitor) -> None:
    hits = visitor.get("/api/search", params={"stance": "deny", "among": "statements", "limit": 500}).json()
    table = visitor.get("/search/export/csv?stance=deny")
    assert len(list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))) == len(hits)
    assert visitor.get("/search/export/parquet?stance=deny").content[:4] == b"PAR1"
    assert visitor.get("/search/export/exe?stance=deny").status_code == 404


def test_openapi_names_every_route_of_the_api(visitor: Visitor) -> None:
    described = visitor.get("/api/openapi.json").json()
    assert {"/api/search", "/api/claims/{identifier}", "/api/verdicts", "/api/read"} <= set(described["paths"])
    assert [path for path in described["paths"] if not path.startswith("/api/")] == []
    page = harmless(visitor.get("/api"))
    assert all(path in page.words for path in described["paths"])


def test_the_count_is_that_of_the_corpus(visitor: Visitor) -> None:
    count = CorpusCount(**visitor.get("/api/count").json())
    page = harmless(visitor.get("/"))
    assert f"{count.articles} articles, {count.statements} statements, {count.sources} sources." in page.words
