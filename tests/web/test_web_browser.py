"""The workbench in a real browser: looks, the keyboard, and that nothing an article holds runs.

One Chromium for all; where there is none the tests skip and say so.
"""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from webhostile import hostile_corpus

from inquit.corpus import open_corpus
from inquit.records import SearchQuery
from inquit.web.app import create_app
from inquit.web.serving import Serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: no page was seen in a browser")

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
TEXT = (
    "Die Brücke werde im Mai gesperrt, sagte Landrätin Imke Harms am Montag in Olderhaven.\n\n"
    "Ein Mitarbeiter der Werft, der nicht genannt werden will, bestreitet das: „Im Mai geschieht nichts.“\n"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield started
        started.close()


@contextmanager
def served(corpus: str) -> Iterator[str]:
    """The workbench at an address of this machine."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        app = create_app(Serving(corpus=corpus, port=port))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="module")
def site(demo_corpus: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("browser") / "demo.db"
    shutil.copy(demo_corpus, path)
    with served(str(path)) as address:
        yield address


@pytest.fixture(scope="module")
def places(demo_corpus: str) -> dict[str, str]:
    """A page of each kind."""
    with open_corpus(demo_corpus) as corpus:
        from inquit.records import ClaimQuery, SourceQuery, StoryQuery

        article = corpus.search(SearchQuery(words="Fährlinie", among="articles"))[0].article
        story = corpus.stories(StoryQuery(sort="outlets", limit=1))[0].story
        link = next(one for one in story.links if one.original_evidence)
        return {
            "front": "/",
            "read": "/read",
            "article": f"/articles/{article}",
            "correcting": f"/articles/{article}?fix=3#s3",
            "claims": "/claims",
            "claim": f"/claims/{corpus.claims(ClaimQuery(limit=1))[0].claim.id}",
            "stories": "/stories",
            "story": f"/stories/{story.id}",
            "beside": f"/stories/{story.id}/{link.derived}/{link.original}",
            "sources": "/sources",
            "source": f"/sources/{corpus.sources(SourceQuery(limit=1))[0].id}",
            "search": "/search?words=nacht&stance=deny",
            "review": "/review",
            "api": "/api",
            "missing": "/nothing",
        }


KINDS = (
    *("front", "read", "article", "correcting", "claims", "claim", "stories", "story", "beside"),
    *("sources", "source", "search", "review", "api", "missing"),
)
Opened = Callable[..., Any]


@pytest.fixture
def opened(browser: Any) -> Iterator[Opened]:
    """Opens pages, and asserts at the end that the browser had nothing to complain of."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def new(**options: Any) -> Any:
        context = browser.new_context(**{"locale": "en", "viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("dialog", lambda dialog: [complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()])  # type: ignore[func-returns-value]
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("request", lambda sent: complaints.append(sent.url) if "127.0.0.1" not in sent.url else None)
        return page

    yield new
    for context in contexts:
        context.close()
    assert [one for one in complaints if "404" not in one] == []


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_can_read_every_page(opened: Opened, site: str, places: dict[str, str], kind: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(bypass_csp=True)
    page.goto(site + places[kind])
    told = []
    for look, rules in (("light", RULES), ("dark", COLOURS)):
        page.emulate_media(color_scheme=look)
        for one in Axe().run(page, options={"runOnly": rules}).response["violations"]:
            told.append(f"{look}: {one['id']}: {[node['html'][:200] for node in one['nodes'][:3]]}")
    assert told == []


def test_buttons_are_not_printed(opened: Opened, site: str, places: dict[str, str]) -> None:
    page = opened()
    page.goto(site + places["claim"])
    assert page.locator(".zoom").is_visible()
    page.emulate_media(media="print")
    assert page.locator("button:visible").count() == 0


def test_no_page_scrolls_sideways_on_a_telephone(opened: Opened, site: str, places: dict[str, str]) -> None:
    page = opened(viewport={"width": 360, "height": 740})
    wide = {}
    for kind, path in places.items():
        page.goto(site + path)
        wide[kind] = page.evaluate("document.documentElement.scrollWidth")
    assert {kind: width for kind, width in wide.items() if width > 360} == {}


def test_an_article_is_read_kept_and_judged(opened: Opened, site: str) -> None:
    page = opened()
    page.goto(f"{site}/read")
    page.get_by_label("The article").fill(TEXT)
    page.get_by_role("button", name="Read").click()
    page.wait_for_selector(".entry")
    assert "Imke Harms" in page.locator(".entries").inner_text()
    page.get_by_role("button", name="Keep it in the corpus").click()
    page.wait_for_url("**/articles/*")
    entry = page.locator(".entry").first
    entry.locator("summary").click()
    entry.get_by_role("button", name="right").click()
    page.wait_for_selector(".verdict.right")


def test_a_quote_is_corrected_by_selecting_words(opened: Opened, site: str, places: dict[str, str]) -> None:
    page = opened()
    page.goto(site + places["article"] + "?fix=5#s5")
    before = page.locator("[data-spans]").input_value().split()[0]
    begin, end = (int(one) for one in before.split("-"))
    text = page.request.get(f"{site}/api{places['article']}").json()["article"]["text"]
    page.locator("[data-which=end][data-way='-1']").click()
    nearer = page.locator("[data-spans]").input_value().split("-")
    assert int(nearer[0]) == begin
    assert int(nearer[1]) < end
    assert page.locator("[data-words]").input_value() == text[begin : int(nearer[1])]
    page.evaluate(
        """() => { const p = document.querySelector('.text p:last-of-type'); const range = document.createRange();
        const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT); let last; while (walker.nextNode())
        if (!walker.currentNode.parentElement.closest('.no')) last = walker.currentNode;
        range.setStart(last, 0); range.setEnd(last, last.data.length);
        getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    page.wait_for_function(
        "value => document.querySelector('[data-spans]').value.trim() != value", arg="-".join(nearer)
    )
    chosen_begin, chosen_end = (int(one) for one in page.locator("[data-spans]").input_value().split("-"))
    assert text[chosen_begin:chosen_end] == page.evaluate("getSelection().toString()")
    page.get_by_role("button", name="Keep the correction").click()
    page.wait_for_selector(".verdict.fixed")
    fixed = page.request.get(f"{site}/api{places['article']}").json()["verdicts"]["4"]["fixed"]
    assert fixed["quote"] == [[chosen_begin, chosen_end]]


def test_the_keyboard_is_enough(opened: Opened, site: str, places: dict[str, str]) -> None:
    page = opened()
    page.goto(site + places["article"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "no":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert page.locator("#card").is_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "3"
    page.wait_for_selector(".entry.on[data-s='3']")
    assert "Olderhavener Bote" in page.locator("#card").inner_text()
    page.keyboard.press("Escape")
    page.wait_for_selector("#card", state="hidden")
    page.keyboard.press("Enter")
    page.wait_for_url("**#s3")
    page.locator("#s3 .no").focus()
    page.keyboard.press("o")
    assert page.locator("#s3 details").get_attribute("open") is not None
    page.keyboard.press("w")
    page.wait_for_selector("#s3 .verdict.wrong")


def test_the_queue_by_keyboard(opened: Opened, site: str) -> None:
    page = opened()
    page.goto(f"{site}/review")
    words = page.locator("[data-item] .said").nth(1).inner_text()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.wait_for_load_state()
    page.wait_for_function("words => !document.querySelector('.queue').innerText.includes(words)", arg=words)


def test_a_claim_is_followed_to_its_source(opened: Opened, site: str) -> None:
    page = opened()
    page.goto(site)
    page.locator(".claim-item a").first.click()
    page.wait_for_selector(".provenance.wide")
    before = page.locator(".provenance.wide").bounding_box()["width"]
    page.locator(".canvas.claims").focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert page.locator(".provenance.wide").bounding_box()["width"] > before * 1.3
    page.keyboard.press("0")
    assert page.locator(".provenance.wide").bounding_box()["width"] == pytest.approx(before, abs=2)
    page.locator(".beside a").first.click()
    page.wait_for_selector(".entries")
    page.locator(".entry .name").first.click()
    page.wait_for_url("**/sources/s*")


def test_pages_work_without_scripts(opened: Opened, site: str, places: dict[str, str]) -> None:
    page = opened(java_script_enabled=False)
    page.goto(site + places["article"])
    page.locator(".text .no").first.click()
    assert page.url.endswith("#s1")
    page.get_by_role("link", name="unnamed only").click()
    assert "only=unnamed" in page.url
    page.locator("select[name=source]").select_option(index=1)
    page.get_by_role("button", name="Show").click()
    assert "source=" in page.url


def test_nothing_hostile_runs(opened: Opened, tmp_path: Path) -> None:
    path = str(tmp_path / "hostile.db")
    hostile_corpus(path)
    page = opened()
    with served(path) as site:
        page.goto(site)
        links = ["/review", "/claims", "/stories", "/sources", "/search?words=Tammsand"]
        for listed in list(links):
            page.goto(site + listed)
            links += page.evaluate("[...document.querySelectorAll('main a')].map(a => a.pathname).slice(0, 5)")
        rooms = [link for link in dict.fromkeys(links) if link.count("/") == 2 and "/export" not in link]
        assert len(rooms) > 6
        for link in rooms[:10]:
            page.goto(site + link)
            assert (
                page.evaluate(
                    "document.querySelectorAll('script:not([src]), [onerror], [onload], iframe, base').length"
                )
                == 0
            )
        page.goto(f"{site}/read")
        page.locator("textarea").fill(f"<script>alert(1)</script> {TEXT} <img src=x onerror=alert(1)>")
        page.locator("button.main").click()
        page.wait_for_selector(".entry, .notice")
