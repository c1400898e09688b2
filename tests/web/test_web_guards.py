"""Who is let in, from where, and what every answer says to a browser."""

import asyncio
from collections.abc import Iterator

import pytest
from webpages import HOST, Visitor, harmless

from inquit.errors import CorpusError, UsageError
from inquit.web.app import create_app
from inquit.web.guards import safe_path
from inquit.web.serving import Serving
from inquit.web.sessions import ATTEMPTS, LIFETIME, WINDOW, Sessions

SECRET = "correct horse battery"


@pytest.fixture(scope="module")
def guarded(demo_corpus: str, runner: asyncio.Runner) -> Iterator[Visitor]:
    app = create_app(Serving(corpus=demo_corpus, secret=SECRET))
    yield Visitor(app, runner=runner)
    app.state.bench.desk.close()


def stranger(known: Visitor, runner: asyncio.Runner, **headers: str) -> Visitor:
    return Visitor(known.app, runner=runner, **headers)


@pytest.mark.parametrize("path", ["/", "/read", "/nothing", "/api/count", "/static/x/y.css", "/api/openapi.json"])
def test_every_answer_forbids_the_browser_what_it_need_not_do(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8765", "a b", "[x"]
)
def test_a_name_that_is_not_ours_is_not_answered(visitor: Visitor, host: str) -> None:
    answer = visitor.get("/api/count", headers={"Host": host})
    assert answer.status_code == 421
    assert "articles" not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/api/count", "/nothing"])
def test_the_head_of_an_answer_can_be_asked_for_alone(visitor: Visitor, path: str) -> None:
    whole, head = visitor.get(path), visitor.send("HEAD", path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-length"] == str(len(whole.content))


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "[::1]:8765", "192.0.2.7:99"])
def test_addresses_and_this_machine_are(visitor: Visitor, host: str) -> None:
    assert visitor.get("/api/count", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"https://evil.example/{HOST}"},
        {"Origin": f"ftp://{HOST}"},
        {"Origin": "http://127.0.0.1:8766"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": f"http://{HOST}"},
    ],
)
def test_another_site_changes_nothing_even_with_the_token(visitor: Visitor, headers: dict[str, str]) -> None:
    answer = visitor.post("/read", {"text": "Er sagte nichts."}, headers=headers)
    assert answer.status_code == 403


def changing(visitor: Visitor) -> list[tuple[str, str]]:
    """Every route that takes a change."""
    found = []
    for path, methods in _paths(visitor.app.routes):
        found += [
            (method, path.replace("{identifier}", "x").replace("{name}", "x")) for method in methods - {"GET", "HEAD"}
        ]
    return sorted(set(found))


def _paths(routes: object) -> Iterator[tuple[str, set[str]]]:
    for route in routes:  # type: ignore[attr-defined]
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        if hasattr(route, "path") and getattr(route, "methods", None):
            yield route.path, set(route.methods)
        elif inner is not None:
            yield from _paths(inner.routes)


def test_every_change_needs_the_token_of_the_session(visitor: Visitor, runner: asyncio.Runner) -> None:
    routes = changing(visitor)
    assert {path for _, path in routes} >= {"/read", "/review", "/compare", "/api/read", "/api/verdicts", "/login"}
    other = stranger(visitor, runner).token()
    for method, path in routes:
        for token in ("", "x", other):
            headers = {"X-Inquit-Token": token}
            if path.startswith("/api"):
                answer = visitor.send(
                    method, path, json={"id": "a:1", "text": "x", "judgement": "right"}, headers=headers
                )
            else:
                answer = visitor.send(method, path, data={"token": token})
            assert answer.status_code == 403, (method, path, token)


def test_without_the_password_nothing_is_shown(guarded: Visitor, runner: asyncio.Runner) -> None:
    new = stranger(guarded, runner)
    page = new.get("/claims")
    assert (page.status_code, page.headers["location"]) == (303, "/login?next=%2Fclaims")
    for path in ("/", "/read", "/articles/x", "/search/export/csv", "/nothing", "/api", "/docs"):
        assert new.get(path).status_code in {303, 401}
    assert new.get("/api/count").json() == {"detail": "the password or token is missing"}
    assert new.get("/api/session").status_code == 401
    harmless(new.get("/login"))


def test_with_a_password_the_server_may_have_any_name_but_its_changes_only_one(
    guarded: Visitor, runner: asyncio.Runner
) -> None:
    desk = Visitor(guarded.app, runner=runner, host="desk.example", Authorization=f"Bearer {SECRET}")
    assert desk.get("/api/count").status_code == 200
    given = {"id": "a:1", "judgement": "right"}
    for origin, status in (("https://desk.example", 404), ("http://desk.example", 404), ("http://evil.example", 403)):
        assert desk.send("POST", "/api/verdicts", json=given, headers={"Origin": origin}).status_code == status


def enter(visitor: Visitor, password: str, wanted: str = "") -> tuple[int, str | None]:
    token = next(one["value"] for one in harmless(visitor.get("/login")).named("input") if one.get("name") == "token")
    answer = visitor.send("POST", "/login", data={"token": token, "password": password, "next": wanted})
    return answer.status_code, answer.headers.get("location")


def test_the_password_opens_until_one_leaves(guarded: Visitor, runner: asyncio.Runner) -> None:
    new = stranger(guarded, runner)
    assert enter(new, "wrong") == (403, None)
    assert new.get("/claims").status_code == 303
    assert enter(new, SECRET, "/claims") == (303, "/claims")
    assert new.get("/claims").status_code == 200
    assert new.post("/logout").status_code == 303
    assert new.get("/claims").status_code == 303


def test_a_token_in_the_address_opens_and_leaves_the_address(guarded: Visitor, runner: asyncio.Runner) -> None:
    new = stranger(guarded, runner)
    assert new.get("/login?token=wrong").status_code == 403
    opened = new.get("/login", params={"token": SECRET})
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    assert new.get("/").status_code == 200


def test_a_program_sends_the_secret_and_needs_no_cookie(guarded: Visitor, runner: asyncio.Runner) -> None:
    program = stranger(guarded, runner, Authorization=f"Bearer {SECRET}")
    answer = program.get("/api/count")
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert program.send("POST", "/api/verdicts", json={"id": "a:1", "judgement": "right"}).status_code == 404
    assert stranger(guarded, runner, Authorization="Bearer wrong").get("/api/count").status_code == 401


def test_passwords_are_not_tried_for_ever() -> None:
    now = [1000.0]
    sessions = Sessions(SECRET, clock=lambda: now[0])
    assert not any(sessions.opens("wrong") for _ in range(ATTEMPTS))
    assert sessions.tired()
    now[0] += WINDOW + 1
    assert not sessions.tired()
    assert sessions.opens(SECRET)


def test_a_cookie_is_signed_and_ends() -> None:
    now = [1000.0]
    sessions = Sessions(SECRET, clock=lambda: now[0])
    cookie = sessions.cookie(sessions.opened())
    session = sessions.known(cookie)
    assert session is not None
    assert not session.allowed
    name, _, rest = cookie.partition(".0.")
    assert sessions.known(f"{name}.1.{rest}") is None
    assert Sessions(SECRET, clock=lambda: now[0]).known(cookie) is None
    assert [sessions.known(one) for one in ("", "x", "a.b.c.d", "\ud800", None)] == [None] * 5
    now[0] += LIFETIME + 1
    assert sessions.known(cookie) is None


def test_the_cookie_is_for_this_site_alone_and_not_for_scripts(visitor: Visitor, runner: asyncio.Runner) -> None:
    cookie = stranger(visitor, runner).get("/").headers["set-cookie"]
    assert cookie.startswith("inquit-8765=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/claims", "/claims"),
        ("/claims/c1", "/claims/c1"),
        ("//evil.example/claims", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/claims\r\nX-Evil: 1", "/"),
        ("/claimsevil", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_one_is_led_nowhere_else(wanted: str | None, led: str) -> None:
    assert safe_path(wanted, ("/claims",)) == led


def test_other_machines_need_a_secret(demo_corpus: str) -> None:
    for host in ("0.0.0.0", "192.0.2.7", "newsroom.example", "::"):
        with pytest.raises(UsageError, match="--password or --token"):
            Serving(corpus=demo_corpus, host=host)
        assert Serving(corpus=demo_corpus, host=host, secret=SECRET).address.startswith("http://")
    for host in ("127.0.0.1", "::1", "localhost", "127.9.9.9"):
        Serving(corpus=demo_corpus, host=host)
    with pytest.raises(UsageError, match="at least"):
        Serving(corpus=demo_corpus, secret="short")


def test_the_secret_is_in_no_message(demo_corpus: str) -> None:
    assert SECRET not in repr(Serving(corpus=demo_corpus, secret=SECRET))


def test_a_corpus_that_is_not_there_is_said_at_once() -> None:
    with pytest.raises(CorpusError, match="no such corpus"):
        create_app(Serving(corpus="/nowhere/none.db"))
