"""A visitor of the workbench without a browser, and what must hold of every page it is shown."""

import asyncio
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import httpx
from fastapi import FastAPI

HOST = "127.0.0.1:8765"
_NO_END = {"meta", "link", "input", "br", "hr", "img"}
_ADDRESSES = ("href", "src", "action", "formaction", "data", "poster")


class Visitor:
    """Asks an application and keeps its cookies; never follows a redirection."""

    def __init__(self, app: FastAPI, *, runner: asyncio.Runner, host: str = HOST, **headers: str) -> None:
        self.app = app
        self._runner = runner
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(
            transport=transport, base_url=f"http://{host}", headers={"Accept-Language": "en", **headers}
        )

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self._runner.run(self._client.get(path, **options))

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **options))

    def token(self) -> str:
        found: str = self.get("/api/session").json()["token"]
        return found

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> httpx.Response:
        """Send a form of the workbench's own."""
        return self.send("POST", path, data={"token": self.token(), **(data or {})}, **options)

    def post_json(self, path: str, value: Any) -> httpx.Response:
        return self.send("POST", path, json=value, headers={"X-Inquit-Token": self.token()})


class Page(HTMLParser):
    """A page as a browser takes it apart: its elements and its text."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(response.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _NO_END:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.words += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def links(self) -> list[str]:
        return [one["href"] or "" for one in self.named("a") if "href" in one]


def harmless(response: httpx.Response) -> Page:
    """The page, after asserting that nothing in it runs, loads from elsewhere, or was put there by an article."""
    assert response.status_code < 500, response.text[:500]
    assert len(response.content) < 200_000
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]
    assert "x-evil" not in response.headers
    page = Page(response)
    for tag, attributes in page.elements:
        assert tag not in {"iframe", "object", "embed", "base", "style", "foreignobject", "math", "img", "video"}, tag
        assert [name for name in attributes if name.startswith("on") or name in {"style", "srcdoc"}] == [], attributes
        if tag == "script":
            assert re.fullmatch(r"/static/[0-9a-f]+/\w+\.js", attributes["src"] or "")
        for name in _ADDRESSES:
            address = attributes.get(name)
            if address is not None:
                parts = urlsplit(address)
                assert not parts.scheme or (parts.scheme, parts.netloc) == ("http", HOST), address
                assert not parts.netloc or parts.netloc == HOST, address
    assert re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", response.text) is None
    return page
