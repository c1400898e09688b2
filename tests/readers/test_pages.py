"""HTML pages: the title and the paragraphs, what the page says of its article, and pages that mean harm."""

import json
import os
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapes import PARAGRAPH, SECOND

from inquit.readers import Limits, child, read_bytes
from inquit.readers import html as pages
from inquit.records import Article, Rejected

THIRD = "Der Kanton prüft nun, ob er der Gemeinde hilft. Entschieden werde im Sommer, hiess es aus dem Baudepartement."
NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Bad bleibt zu",
    "datePublished": "2025-02-04T16:20:00+01:00",
    "author": [{"@type": "Person", "name": "Anna Beispiel"}, {"@type": "Person", "name": "Ben Muster"}],
    "publisher": {"@type": "NewsMediaOrganization", "name": "Landbote"},
    "mainEntityOfPage": {"@type": "WebPage", "@id": "https://landbote.example/bad"},
    "inLanguage": "de",
}
BODY = f"<h1>Bad bleibt zu</h1><p>{PARAGRAPH}</p><p>{SECOND}</p><p>{THIRD}</p>"
TEXT = f"Bad bleibt zu\n\n{PARAGRAPH}\n\n{SECOND}\n\n{THIRD}"


def page(body: str = BODY, head: str = "", *, data: object = None) -> bytes:
    script = data if isinstance(data, str) else json.dumps(data)
    ld = f'<script type="application/ld+json">{script}</script>' if data is not None else ""
    return f"<!DOCTYPE html><html><head>{head}{ld}</head><body><article>{body}</article></body></html>".encode()


def article(data: bytes, **limits: float) -> Article:
    result = read_bytes(data, origin="test", limits=Limits(**limits))  # type: ignore[arg-type]
    assert isinstance(result, Article), result
    return result


def reason(data: bytes, **limits: float) -> str:
    result = read_bytes(data, origin="test", limits=Limits(**limits))  # type: ignore[arg-type]
    assert isinstance(result, Rejected), result.text[:100]
    return result.reason


def test_the_text_is_the_title_and_the_paragraphs() -> None:
    assert article(page()).text == TEXT


def test_headings_lists_and_line_breaks_stay() -> None:
    body = BODY.replace(
        f"<p>{THIRD}",
        "<h2>Wie weiter?</h2><ul><li>Erstens <b>sparen</b></li><li>Zweitens warten</li></ul>"
        f"<p>{THIRD[:47]}<br>{THIRD[48:]}",
    )
    text = article(page(body)).text
    assert f"{SECOND}\n\nWie weiter?\n\nErstens sparen\nZweitens warten\n\n{THIRD[:47]}\n{THIRD[48:]}" in text


def test_a_paragraph_in_a_div_is_not_lost() -> None:
    body = BODY.replace(f"<p>{SECOND}</p>", f"<div>{SECOND}</div>")
    assert article(page(body)).text == TEXT


def test_what_lies_around_the_article_is_left_out_or_marked() -> None:
    around = (
        '<div role="dialog"><p>Wir verwenden Cookies, um Inhalte zu zeigen und Zugriffe zu messen.</p></div>'
        "<nav><ul><li><a href='/a'>Sport</a></li><li><a href='/b'>Kultur</a></li></ul></nav>"
    )
    body = BODY.replace("<h1>", '<p class="kicker">Aus der Region</p><h1>').replace(
        f"<p>{THIRD}</p>",
        f"<p>Lesen Sie auch: <a href='/x'>«Ich bin fassungslos» – der Bademeister</a></p><p>{THIRD}</p>"
        '<div class="poll"><h4>Umfrage</h4><p>Wie oft schwimmen Sie?</p><button>Nie</button></div>',
    )
    result = article(page(around + body))
    assert [result.text[b:e] for b, e in result.furniture] == [
        "Lesen Sie auch: «Ich bin fassungslos» – der Bademeister"
    ]
    marked = result.furniture[0]
    assert result.text[: marked.begin - 2] + result.text[marked.end :] == TEXT


def test_json_ld_tells_about_the_article() -> None:
    result = article(page(data=NEWS))
    assert result.title == "Bad bleibt zu"
    assert result.outlet == "Landbote"
    assert result.authors == ("Anna Beispiel", "Ben Muster")
    assert result.published == "2025-02-04T16:20:00+01:00"
    assert result.url == "https://landbote.example/bad"
    assert result.credits == ()
    assert result.language == "de"


@pytest.mark.parametrize(
    "data",
    [
        [{"@type": "BreadcrumbList"}, NEWS],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Anderes"}, NEWS]},
        {"@type": "WebPage", "mainEntity": {**NEWS, "@type": ["NewsArticle", "Article"]}},
        {**NEWS, "author": "Anna Beispiel und Ben Muster", "publisher": "Landbote"},
        {**NEWS, "author": [{"name": ["Anna Beispiel", "Ben Muster"]}], "publisher": [{"name": "Landbote"}]},
        json.dumps(NEWS, indent=1).replace("}\n}", "},\n}").replace('"de"', '"de",'),
        f"<!-- {json.dumps(NEWS)} -->",
        "/* <![CDATA[ */" + json.dumps(NEWS) + "/* ]]> */",
        json.dumps({**NEWS, "description": "Zeile\nZeile"}).replace("\\n", "\n"),
    ],
    ids=["list", "graph", "nested", "strings", "lists", "commas", "comment", "cdata", "newline"],
)
def test_json_ld_in_all_its_shapes(data: object) -> None:
    result = article(page(data=data))
    assert (result.outlet, result.authors) == ("Landbote", ("Anna Beispiel", "Ben Muster"))
    assert result.published == "2025-02-04T16:20:00+01:00"


@pytest.mark.parametrize(
    "data", ["{", "[" * 100_000, '"NewsArticle" "datePublished": "2025-02-04"', "null", "[[[1]]]", '{"@type": 5}']
)
def test_broken_json_ld_does_no_harm(data: str) -> None:
    result = article(page(data=data))
    assert result.text == TEXT
    assert result.published in {None, "2025-02-04"}


def test_meta_elements_tell_what_json_ld_does_not() -> None:
    head = (
        '<title>Bad bleibt zu | Landbote</title><meta property="og:site_name" content="Landbote">'
        '<meta name="author" content="Von Anna Beispiel">'
        '<meta property="article:published_time" content="2025-02-04T16:20">'
        '<link rel="canonical" href="https://landbote.example/bad"><meta property="og:url" content="javascript:x">'
    )
    result = article(page(BODY.replace("<h1>Bad bleibt zu</h1>", ""), head))
    assert (result.title, result.outlet, result.authors) == ("Bad bleibt zu", "Landbote", ("Anna Beispiel",))
    assert (result.published, result.url) == ("2025-02-04T16:20", "https://landbote.example/bad")
    assert result.text == TEXT


@pytest.mark.parametrize(
    ("author", "authors", "sources"),
    [
        ("abc/red", (), ("abc",)),
        ("dpa", (), ("dpa",)),
        ("dpa, Anna Beispiel", ("Anna Beispiel",), ("dpa",)),
        ("unserem Redakteur Ben Muster", ("Ben Muster",), ()),
        ("Landbote", (), ()),
        ("https://social.example/anna", (), ()),
        ("", (), ()),
    ],
)
def test_an_agency_in_the_authors_place_is_a_credit(
    author: str, authors: tuple[str, ...], sources: tuple[str, ...]
) -> None:
    result = article(page(data={**NEWS, "author": {"name": author}}))
    assert (result.authors, result.credits) == (authors, sources)


def test_the_article_in_json_ld_is_read_where_the_page_does_not_show_it() -> None:
    body = "<h1>Bad bleibt zu</h1><div id='app'></div>"
    result = article(page(body, data={**NEWS, "articleBody": f"{PARAGRAPH}\n\n{SECOND}\n\n{THIRD}"}))
    assert result.text == TEXT


@pytest.mark.parametrize(
    "data",
    [
        page().decode().encode("utf-16"),
        b"\xef\xbb\xbf" + page(head='<meta charset="iso-8859-1">'),
        page(head='<meta charset="windows-1252">').decode().encode("cp1252"),
        page(head='<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">').decode().encode("cp1252"),
        page(head='<meta charset="nonsense">').decode().encode("cp1252"),
        b'<?xml version="1.0" encoding="utf-8"?>\n'
        + page().replace(b"<html", b'<html xmlns="http://www.w3.org/1999/xhtml"'),
        b"<!-- saved from url --><HTML>" + page().partition(b"<html>")[2],
        page().replace(b"</p>", b""),
    ],
    ids=["utf-16", "mark and lie", "declared", "http-equiv", "unknown", "xhtml", "comment first", "unclosed"],
)
def test_pages_are_known_by_their_beginning_and_read_in_their_encoding(data: bytes) -> None:
    assert article(data).text == TEXT


def test_a_page_saved_as_text_is_a_page_and_a_text_named_html_too() -> None:
    result = read_bytes(page(), origin="test", suffix=".txt")
    assert isinstance(result, Article)
    assert result.text == TEXT
    plain = read_bytes(page(), origin="test", format="text")
    assert isinstance(plain, Article)
    assert plain.text == page().decode()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<html></html>", "no article"),
        (page("<h1>Startseite</h1>" + "<li><a href='/x'>Bad bleibt zu</a></li>" * 40), "no article"),
        (page("<h1>Seite nicht gefunden</h1><p>Fehler 404</p>"), "no article"),
        (
            page("<p>The minister said that she was not there and that it was not her fault, he said on Monday.</p>"),
            "language",
        ),
        (page("<div>" * 300 + f"<p>{PARAGRAPH}</p>"), "too deep"),
        (b"<html>" + bytes(500), "binary"),
    ],
    ids=["empty", "links", "404", "English", "deep", "binary"],
)
def test_a_page_without_a_readable_article_is_rejected_with_its_reason(data: bytes, expected: str) -> None:
    assert reason(data) == expected


def test_an_empty_page_is_empty() -> None:
    result = read_bytes(b" \n", origin="test", suffix=".html")
    assert isinstance(result, Rejected)
    assert result.reason == "empty"


def test_how_deep_a_page_may_be_is_a_limit() -> None:
    nested = page("<div>" * 50 + BODY + "</div>" * 50)
    assert article(nested).text == TEXT
    assert reason(nested, max_depth=30) == "too deep"


def bomb(piece: str, n: int) -> bytes:
    return f"<html><body>{piece * n}<p>{PARAGRAPH}</p></body></html>".encode()


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    attributes = " ".join(f"a{i}=1" for i in range(200_000))
    began = time.monotonic()
    assert reason(f"<html><body><div {attributes}>{BODY}".encode(), deadline=0.5) == "timeout"
    assert time.monotonic() - began < 30
    assert article(page("<!-- " + "x" * 600_000 + " -->" + BODY)).text == TEXT


@pytest.mark.parametrize("piece", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<font>x", "<a><div>"])
def test_nesting_without_end_is_too_deep(piece: str) -> None:
    assert reason(bomb(piece, 30_000)) in {"too deep", "no article"}


@pytest.mark.parametrize("piece", ["&amp;", "&a;", "<", "<!--", "<script>", "<p", "</div>", "\0", "&#0;", "<![CDATA["])
def test_other_debris_gives_an_article_or_a_reason(piece: str) -> None:
    result = read_bytes(bomb(piece, 3_000), origin="test")
    assert isinstance(result, Article) or result.reason not in {"failed", "timeout"}


def test_entities_that_refer_to_each_other_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(10))
    data = f'<!DOCTYPE html [<!ENTITY e0 "x">{levels}]><html><body>{BODY}<p>&e10;</p></body></html>'
    assert len(article(data.encode()).text) < 2 * len(TEXT)


def test_large_pages_go_to_the_child_and_come_back_the_same() -> None:
    assert pages._is_harmless(page().decode(), Limits())
    large = page("<!--" + "x" * 600_000 + "-->" + BODY, data=NEWS)
    assert not pages._is_harmless(large.decode(), Limits())
    in_child, here = article(large), article(page(data=NEWS))
    assert in_child == here


def test_one_child_serves_all_pages_and_a_dead_one_is_replaced() -> None:
    large = page("<!--" + "x" * 600_000 + "-->" + BODY)
    assert article(large).text == TEXT
    first = child._children[0]
    assert article(large).text == TEXT
    assert child._children == [first]
    first.end()
    assert article(large).text == TEXT
    assert child._children[0].process.pid != first.process.pid


def test_the_child_ends_with_its_parent() -> None:
    program = (
        "from inquit.readers import read_bytes, child;"
        "read_bytes(b'<html><!--' + b'x' * 600_000, origin='x');"
        "print(child._children[0].process.pid)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    with pytest.raises(ProcessLookupError):
        os.kill(int(ran.stdout), 0)


TAGS = st.sampled_from(
    (
        "<p>|</p>|<div>|</div>|<h1>|</h1>|<article>|"
        "<li>|<br>|<a href='|'>|<table>|<td>|<!--|-->|<script>|</script>|<|>|&|;"
        f"|{PARAGRAPH}|{SECOND}|Titel|\0|ä|<html lang=x>"
    ).split("|")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TAGS, max_size=40).map("".join), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_no_page_raises(html: str, encoding: str) -> None:
    result = read_bytes(f"<html>{html}".encode(encoding, "replace"), origin="test")
    assert isinstance(result, Article) or result.reason != "failed"
