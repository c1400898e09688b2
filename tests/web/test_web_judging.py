"""Reading what is pasted, keeping it, and saying what is right: what changes a corpus."""

import asyncio
import threading

import pytest
from webpages import Page, Visitor, harmless

from inquit.corpus import open_corpus
from inquit.readers import Limits
from inquit.records import Ledger, Rejected, SearchQuery
from inquit.web import desk, reading
from inquit.web.queue import due, weighed
from inquit.web.reading import KEPT, Given, Reader, Readings

TEXT = (
    "Olderhaven bekommt eine Brücke\n\nDer Kreistag habe den Bau beschlossen, sagte Landrätin Imke Harms am Montag. "
    "„Im Mai beginnen wir“, sagte Harms.\n\nFischer Onno Petersen bestreitet das.\n"
)


def read(visitor: Visitor, text: str = TEXT) -> str:
    answer = visitor.post("/read", {"text": text})
    assert answer.status_code == 303, answer.text[:300]
    return answer.headers["location"]


def test_what_is_pasted_is_read_and_not_stored_until_it_is_kept(writer: Visitor) -> None:
    before = writer.get("/api/count").json()["articles"]
    assert f"{before} articles" in harmless(writer.get("/")).words
    place = read(writer)
    page = harmless(writer.get(place))
    assert "Imke Harms" in page.words
    assert "This article is not stored" in page.words
    assert writer.get("/api/count").json()["articles"] == before
    assert place in harmless(writer.get("/read")).links()
    kept = writer.post(f"{place}/keep")
    assert kept.headers["location"].startswith("/articles/")
    assert "Imke Harms" in harmless(writer.get(kept.headers["location"])).words
    assert writer.get("/api/count").json()["articles"] == before + 1
    assert f"{before + 1} articles" in harmless(writer.get("/")).words
    assert writer.get(place).status_code == 404


def test_a_reading_is_shown_to_who_gave_it_alone(writer: Visitor, runner: asyncio.Runner) -> None:
    place = read(writer)
    other = Visitor(writer.app, runner=runner)
    assert other.get(place).status_code == 404
    assert other.post(f"{place}/keep").status_code == 404
    assert writer.get(place).status_code == 200


def test_a_file_is_read_by_its_content(writer: Visitor) -> None:
    page = f"<html><title>Brücke</title><body><article><h1>Brücke</h1><p>{TEXT}</p><p>{TEXT}</p></article></body>"
    answer = writer.post("/read", files={"file": ("seite.html", page.encode(), "text/html")})
    assert answer.status_code == 303
    assert "Imke Harms" in harmless(writer.get(answer.headers["location"])).words


def test_nothing_is_nothing_to_read(writer: Visitor) -> None:
    answer = writer.post("/read", {"text": " \n "})
    assert answer.status_code == 422
    assert "there is nothing in it" in harmless(answer).words


def test_programs_read_without_storing(writer: Visitor) -> None:
    ledger = writer.post_json("/api/read", {"text": TEXT}).json()
    assert ledger["article"]["text"] == TEXT
    assert ledger["quotations"]
    refused = writer.post_json("/api/read", {"text": "The council has decided to build a bridge, said the mayor. " * 9})
    assert (refused.status_code, refused.json()["reason"]) == (422, "language")


def test_reading_that_takes_too_long_is_ended_and_the_next_one_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(limits=Limits(deadline=0.001))
    assert isinstance(reader._read(Given(TEXT.encode())), Ledger)
    monkeypatch.setattr(reading, "SECONDS", 0.0)
    slow = reader._read(Given((TEXT * 300).encode()))
    assert isinstance(slow, Rejected)
    assert slow.reason == "timeout"
    monkeypatch.setattr(reading, "SECONDS", 60.0)
    assert isinstance(reader._read(Given(TEXT.encode())), Ledger)
    reader.close()


def test_a_file_name_is_no_path() -> None:
    names = {"/etc/passwd": "passwd", "..\\..\\x.TXT": "x.TXT", "": "text", "a/b/": "b", "/": "text"}
    assert {name: Given(b"", name).origin for name in names} == names


def test_old_readings_are_forgotten() -> None:
    readings = Readings()
    names = [readings.put("a", object()) for _ in range(KEPT + 3)]  # type: ignore[arg-type]
    assert [readings.get("a", name) is None for name in names[:4]] == [True, True, True, False]
    assert len(readings.of("a")) == KEPT
    assert readings.of("b") == []


def test_what_takes_long_is_asked_for_again_only_when_it_is_old(
    demo_corpus: str, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = desk.Desk(demo_corpus)
    asked: list[int] = []
    remembered = desk.Remembered(opened, lambda _: asked.append(1) or len(asked))  # type: ignore[func-returns-value]

    async def visits() -> list[int]:
        found = [await remembered.get(), await remembered.get()]
        monkeypatch.setattr(desk, "HOLDS", -1.0)
        found.append(await remembered.get())  # the old answer, at once
        while len(asked) < 2:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        monkeypatch.setattr(desk, "HOLDS", 60.0)
        found.append(await remembered.get())
        remembered.forget()
        return [*found, await remembered.get()]

    assert runner.run(visits()) == [1, 1, 1, 2, 3]
    opened.close()


def test_what_was_asked_before_a_change_is_not_remembered_after_it(demo_corpus: str, runner: asyncio.Runner) -> None:
    opened = desk.Desk(demo_corpus)
    begun, go = threading.Event(), threading.Event()
    answers = iter(["before", "after"])

    def question(_: object) -> str:
        begun.set()
        go.wait(10)
        return next(answers)

    remembered = desk.Remembered(opened, question)

    async def visits() -> list[str]:
        asking = asyncio.create_task(remembered.get())
        await asyncio.to_thread(begun.wait, 10)
        remembered.forget()
        go.set()
        return [await asking, await remembered.get()]

    assert runner.run(visits()) == ["before", "after"]
    opened.close()


# --- verdicts


def some_article(visitor: Visitor) -> str:
    found: str = visitor.get("/api/search", params={"words": "Fährlinie", "among": "articles"}).json()[0]["article"]
    return found


@pytest.mark.parametrize("judgement", ["right", "wrong"])
def test_a_verdict_is_kept_with_who_and_when(writer: Visitor, judgement: str) -> None:
    article = some_article(writer)
    form = {judgement: "3", "by": "Ada  L.", "note": "gehört", "back": f"/articles/{article}?only=unnamed"}
    answer = writer.post(f"/articles/{article}/verdict", form)
    assert answer.headers["location"] == f"/articles/{article}?only=unnamed#s4"
    verdict = writer.get(f"/api/articles/{article}").json()["verdicts"]["3"]
    assert (verdict["judgement"], verdict["by"], verdict["note"]) == (judgement, "Ada L.", "gehört")
    assert verdict["made"]
    page = harmless(writer.get(f"/review?judged={judgement}"))
    assert "Ada L." in page.words
    assert "Ada L." in [one.get("value") for one in page.named("input")]  # remembered for the next time


def test_a_correction_changes_only_what_differs(writer: Visitor) -> None:
    article = some_article(writer)
    before = writer.get(f"/api/articles/{article}").json()
    quotation = before["quotations"][3]
    begin, end = quotation["quote"][0]
    source = quotation["chain"][-1]
    form = {
        "fixed": str(quotation["id"]),
        "spans": f"{begin}-{end - 4} ",
        "words": "egal",
        "speaker": source["name"],
        "kind": source["kind"],
        "naming": source["naming"],
        "type": quotation["type"],
        "stance": "doubt",
    }
    answer = writer.post(f"/articles/{article}/verdict", form)
    assert answer.status_code == 303, answer.text[:300]
    after = writer.get(f"/api/articles/{article}").json()["quotations"][3]
    assert (after["quote"], after["stance"]) == ([[begin, end - 4]], "doubt")
    assert {k: v for k, v in after.items() if k not in {"quote", "stance"}} == {
        k: v for k, v in quotation.items() if k not in {"quote", "stance"}
    }


def test_the_chain_is_corrected_in_the_form_and_by_programs(writer: Visitor) -> None:
    article = some_article(writer)
    kept = writer.get(f"/api/articles/{article}").json()
    before = next(q for q in kept["quotations"] if len(q["chain"]) == 2)
    relay, primary = before["chain"]

    def chain() -> list[dict[str, str]]:
        quotations = writer.get(f"/api/articles/{article}").json()["quotations"]
        found: list[dict[str, str]] = next(q["chain"] for q in quotations if q["id"] == before["id"])
        return found

    shown = Page(writer.get(f"/articles/{article}?fix={kept['quotations'].index(before) + 1}"))
    assert [one["value"] for one in shown.named("input") if one.get("name") == "relay"] == [relay["name"], ""]
    form = {"fixed": str(before["id"]), "relay": [relay["name"], "Ministerium", ""]}
    kinds = {"relay_kind": [relay["kind"], "organization", "outlet"]}
    assert writer.post(f"/articles/{article}/verdict", {**form, **kinds}).status_code == 303
    assert [(one["name"], one["kind"]) for one in chain()] == [
        (relay["name"], relay["kind"]),
        ("Ministerium", "organization"),
        (primary["name"], primary["kind"]),
    ]
    assert writer.post(f"/articles/{article}/verdict", {**form, **kinds}).status_code == 400  # nothing was changed
    told = {"id": f"{article}:{before['id']}", "judgement": "fixed", "relays": []}
    assert writer.post_json("/api/verdicts", told).status_code == 200
    assert chain() == [primary]


def test_without_scripts_the_words_say_the_quote(writer: Visitor) -> None:
    article = some_article(writer)
    kept = writer.get(f"/api/articles/{article}").json()
    quotation = kept["quotations"][2]
    begin, end = quotation["quote"][0]
    words = " ".join(kept["article"]["text"][begin:end].split()[:4])
    form = {"fixed": str(quotation["id"]), "spans": f"{begin}-{end}", "words": f" {words}\n"}
    assert writer.post(f"/articles/{article}/verdict", form).status_code == 303
    found = writer.get(f"/api/articles/{article}").json()["quotations"][2]["quote"]
    assert " ".join(kept["article"]["text"][found[0][0] : found[0][1]].split()) == words


@pytest.mark.parametrize(
    "form",
    [
        {"fixed": "2"},
        {"fixed": "2", "words": "was nicht im Artikel steht"},
        {"fixed": "2", "speaker": "Niemand von dort"},
        {"fixed": "2", "spans": "5-999999"},
        {"fixed": "2", "spans": "9-3"},
        {"fixed": "9999", "stance": "deny"},
        {"right": "9999"},
        {"right": "x"},
        {},
    ],
    ids=str,
)
def test_a_verdict_that_makes_no_sense_is_refused(writer: Visitor, form: dict[str, str]) -> None:
    article = some_article(writer)
    answer = writer.post(f"/articles/{article}/verdict", form)
    assert answer.status_code in {400, 404, 422}
    assert writer.get(f"/api/articles/{article}").json()["verdicts"] == {}


def test_the_way_back_leads_nowhere_else(writer: Visitor) -> None:
    article = some_article(writer)
    for back in (
        "//evil.example",
        "https://evil.example/articles/x",
        "/articles/x\r\nX-Evil: 1",
        "/articles/x?a=\r\nb",
    ):
        location = writer.post(f"/articles/{article}/verdict", {"right": "1", "back": back}).headers["location"]
        assert location.startswith(("/#", "/articles/"))
        assert "evil" not in location.lower()


def test_programs_judge_as_the_command_does(writer: Visitor) -> None:
    article = some_article(writer)
    told = writer.post_json(
        "/api/verdicts", {"id": f"{article}:1", "judgement": "fixed", "stance": "deny", "by": "bot"}
    )
    assert told.status_code == 200, told.text
    assert (told.json()["judgement"], told.json()["by"], told.json()["fixed"]["stance"]) == ("fixed", "bot", "deny")
    assert writer.post_json("/api/verdicts", {"id": f"{article}:1", "judgement": "perhaps"}).status_code == 422
    assert writer.post_json("/api/verdicts", {"id": f"{article}:1", "judgement": "fixed"}).status_code == 400


def test_the_queue_begins_with_what_is_doubtful_and_matters(demo_corpus: str) -> None:
    with open_corpus(demo_corpus) as corpus:
        queue = due(corpus, 500)
        everything = corpus.search(SearchQuery(among="statements", sort="time", limit=500))
    assert [one.weight for one in queue] == sorted((one.weight for one in queue), reverse=True)
    assert {one.hit.id for one in queue} == {hit.id for hit in everything}
    first = queue[0]
    assert first.reasons
    by_confidence = {hit.confidence or 0.0: weighed(hit).weight for hit in everything if not weighed(hit).reasons}
    assert sorted(by_confidence, reverse=True) == sorted(by_confidence, key=by_confidence.__getitem__)


def test_what_is_judged_leaves_the_queue(writer: Visitor) -> None:
    page = harmless(writer.get("/review"))
    first = next(one["value"] for one in page.named("button") if one.get("name") == "wrong")
    answer = writer.post("/review", {"wrong": first or "", "by": "Ada"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    waiting = [one["value"] for one in harmless(writer.get("/review")).named("button") if one.get("name") == "wrong"]
    assert first not in waiting
    assert first in [one["value"] for one in harmless(writer.get("/review?judged=wrong")).named("button")]


def test_sources_are_merged_and_split_by_hand(writer: Visitor) -> None:
    sources = [one for one in writer.get("/api/sources?naming=named&limit=9").json() if one["kind"] == "person"]
    one, other = sources[0], sources[1]
    merged = writer.post(f"/sources/{one['id']}/merge", {"other": other["id"]})
    assert merged.headers["location"] == f"/sources/{one['id']}"
    assert (
        writer.get(f"/api/sources/{one['id']}").json()["source"]["statements"]
        == one["statements"] + other["statements"]
    )
    assert writer.get(f"/sources/{other['id']}").headers["location"] == f"/sources/{one['id']}"
    assert writer.post(f"/sources/{one['id']}/split", {"part": other["id"]}).status_code == 303
    assert writer.get(f"/api/sources/{one['id']}").json()["source"]["statements"] == one["statements"]
    assert writer.post(f"/sources/{one['id']}/split", {}).status_code == 400
    assert writer.post(f"/sources/{one['id']}/merge", {"other": "nope"}).status_code == 404
