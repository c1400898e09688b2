"""A corpus in which every field is hostile, and a visitor who sends what comes to mind: nothing runs or breaks."""

import gzip
import re
from collections.abc import AsyncIterator

import pytest
from webhostile import ATTACKS
from webpages import Visitor, harmless

from inquit.exports.excerpts import visible

ARTICLES = [f"/articles/{number:016x}" for number in range(len(ATTACKS))]
LISTS = ["/", "/claims", "/stories", "/sources", "/search?words=Tammsand", "/search?disputed=yes", "/review"]
JUDGED = ["/review?judged=right", "/review?judged=wrong"]
ROOM = re.compile(r"/(?:claims|stories|sources|articles)/(?!.*(?:/export|lang=))")


def reachable(visitor: Visitor) -> set[str]:
    """All pages that the lists lead to."""
    found = {*LISTS, *JUDGED, *ARTICLES}
    for path in sorted(found):
        links = (link.removeprefix("http://127.0.0.1:8765") for link in harmless(visitor.get(path)).links())
        found |= {link.partition("#")[0] for link in links if ROOM.match(link)}
    return found


def test_nothing_of_a_hostile_corpus_runs_on_any_page(hostile: Visitor) -> None:
    pages = reachable(hostile)
    assert {path.split("/")[1] for path in pages if path.count("/") > 1} == {"claims", "stories", "sources", "articles"}
    for path in sorted(pages):
        answer = hostile.get(path)
        assert answer.status_code == 200, path
        page = harmless(answer)
        assert "49" not in re.findall(r"\b49\b", page.words), path
        assert "evil" not in " ".join(answer.headers)


@pytest.mark.parametrize("number", range(len(ATTACKS)))
def test_an_attack_is_shown_as_the_text_it_is(hostile: Visitor, number: int) -> None:
    shown = " ".join(harmless(hostile.get(ARTICLES[number])).words.split())
    wanted = " ".join(visible(ATTACKS[number]).split())
    assert re.sub(r"\s|\d", "", wanted) in re.sub(r"\s|\d", "", shown)


@pytest.mark.parametrize("attack", ["".join(ATTACKS[:4]), ATTACKS[4], ATTACKS[5], "".join(ATTACKS[6:])])
@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/search", ("words", "speaker", "outlet", "since", "until")),
        ("/sources", ("name", "outlet")),
        ("/claims", ("words", "outlet", "story")),
        ("/stories", ("words", "outlet")),
        (ARTICLES[0], ("source", "only", "fix", "at", "part")),
        ("/login", ("next", "token")),
    ],
)
def test_what_is_asked_for_is_only_text(hostile: Visitor, path: str, names: tuple[str, ...], attack: str) -> None:
    for name in names:
        answer = hostile.get(path, params={name: attack})
        assert answer.status_code in {200, 303, 403, 404, 422}
        if answer.status_code != 303:
            harmless(answer)
        assert hostile.get(f"/api{path}", params={name: attack}).status_code in {200, 400, 404, 422}


@pytest.mark.parametrize(
    "attack", ["..%2f..%2fetc%2fpasswd", "%00", "%ff%fe", "a%0d%0aX-Evil:1", "{{7*7}}", "%3Cscript%3E", "x" * 5000]
)
def test_addresses_are_only_text(hostile: Visitor, attack: str) -> None:
    for room in ("articles", "sources", "claims", "stories", "read", "static/x", "api/articles", "api/claims"):
        answer = hostile.get(f"/{room}/{attack}")
        assert answer.status_code in {404, 422, 303}, (room, answer.status_code)
        assert "x-evil" not in answer.headers
        assert "49" not in re.findall(r"\b49\b", answer.text)


def test_the_corpus_is_still_there(hostile: Visitor) -> None:
    assert hostile.get("/api/count").json()["articles"] == len(ATTACKS)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.exe", b"MZ\x00\x01" * 100, ""),
        ("a.html", b"<html>" + b"<div>" * 3000, "nested too deep"),
        ("a.txt", b"", "nothing in it"),
        ("a.txt.gz", gzip.compress(b"\0" * 30_000_000), ""),
        ("a.gz", b"\x1f\x8b\x08broken", ""),
        ("a.parquet", b"PAR1" + b"\xff" * 500, ""),
        ("a.jsonl", b'{"text": ' + b"[" * 5000, ""),
        ("../../etc/passwd", b"\x00\x01", ""),
        ("a.warc", b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n", ""),
    ],
)
def test_a_malformed_upload_is_refused_with_its_reason(hostile: Visitor, name: str, data: bytes, reason: str) -> None:
    answer = hostile.post("/read", files={"file": (name, data, "text/html")})
    assert answer.status_code in {413, 422}
    page = harmless(answer)
    assert "Not read:" in page.words
    assert reason in page.words
    assert "/etc" not in page.words


def test_uploads_end_where_the_limit_is(hostile: Visitor) -> None:
    declared = hostile.send("POST", "/read", content=b"x", headers={"Content-Length": "99999999999"})
    assert declared.status_code == 413
    assert hostile.post("/review", {"by": "x" * 300_000}).status_code == 413
    assert hostile.post_json("/api/verdicts", {"id": "x" * 300_000, "judgement": "right"}).status_code == 413

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b"x" * 100_000

    answer = hostile.send(
        "POST", "/read", content=endless(), headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code in {400, 413}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xfe", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"id": "\\ud800:1", "judgement": "right"}', "application/json"),
        (b'--x\r\nContent-Disposition: form-data; name="a"\r\n', "multipart/form-data; boundary=x"),
        (b"x", "multipart/form-data"),
        (b"%ff=%fe&token=%00", "application/x-www-form-urlencoded"),
        (b"", "text/plain"),
    ],
)
@pytest.mark.parametrize(
    "path", ["/read", "/review", f"{ARTICLES[0]}/verdict", "/sources/x/merge", "/api/read", "/api/verdicts", "/login"]
)
def test_a_malformed_request_is_refused(hostile: Visitor, path: str, content: bytes, kind: str) -> None:
    headers = {"Content-Type": kind, "X-Inquit-Token": hostile.token()}
    answer = hostile.send("POST", path, content=content, headers=headers)
    assert 400 <= answer.status_code < 500, answer.status_code
