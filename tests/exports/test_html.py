import base64
import hashlib
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from exportsamples import HOSTILE, TEXT, few, hostile, ledgers, sample
from hypothesis import given

from inquit.exports import to_html, to_notebook
from inquit.exports.excerpts import line
from inquit.records import Ledger

_XHTML_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def _parsed(page: str) -> ElementTree.Element:
    """The page read by a strict parser: it fails at the first tag or quote that is out of place."""
    return ElementTree.fromstring(page)


def _words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _letters(text: str) -> str:
    return text.replace(" ", "").replace("\ufffd", "")


@pytest.mark.parametrize("ledger", [sample(), hostile()], ids=["sample", "hostile"])
def test_report_is_well_formed_and_loads_nothing(ledger: Ledger) -> None:
    page = to_html([ledger, ledger])
    root = _parsed(page)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "img", "link", "iframe", "object", "base", "form"}
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in {"src", "style", "action"}
            if name == "href":
                assert value.startswith("#")
    assert "url(" not in page
    assert "@import" not in page


@few
@given(ledgers())
def test_any_ledger_gives_a_well_formed_report(ledger: Ledger) -> None:
    page = to_html([ledger])
    assert not _XHTML_UNSAFE.search(page)
    _parsed(page)
    _parsed(to_notebook(ledger))


@few
@given(ledgers())
def test_the_article_stands_in_the_report_word_for_word(ledger: Ledger) -> None:
    root = _parsed(to_html([ledger]))
    for number in root.findall(".//a[@class='no']"):
        number.text = ""
    shown = "".join(_words(paragraph) for paragraph in root.findall(".//div[@class='text']/p"))
    assert _letters(shown) == _letters(line(ledger.article.text))


@few
@given(ledgers())
def test_every_statement_has_an_entry_and_is_marked_in_the_text(ledger: Ledger) -> None:
    root = _parsed(to_html([ledger]))
    entries = [entry.get("id") for entry in root.iter("li") if "entry" in entry.get("class", "")]
    assert sorted(entries, key=str) == sorted((f"a1s{n}" for n in range(1, len(ledger.quotations) + 1)), key=str)
    words = [any(ledger.article.text[b:e].strip() for b, e in quotation.quote) for quotation in ledger.quotations]
    for number, visible in enumerate(words, 1):
        assert (root.find(f".//span[@id='a1t{number}']") is not None) == visible


def test_every_link_leads_somewhere_and_every_name_is_unique() -> None:
    root = _parsed(to_html([sample(), sample()]))
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(names) == len(set(names))
    links = {element.get("href", "")[1:] for element in root.iter() if element.get("href")}
    assert links <= set(names)
    assert {element.get("aria-labelledby") for element in root.iter()} - {None} <= set(names)


def test_statements_and_entries_are_linked_both_ways() -> None:
    root = _parsed(to_html([sample()]))
    for number in range(1, len(sample().quotations) + 1):
        entry = root.find(f".//li[@id='a1s{number}']")
        mark = root.find(f".//span[@id='a1t{number}']")
        assert entry is not None
        assert mark is not None
        assert mark[0].get("href") == f"#a1s{number}"
        assert entry.find(f".//a[@href='#a1t{number}']") is not None


def test_nested_statements_are_nested_marks() -> None:
    root = _parsed(to_html([sample()]))
    [outer] = [element for element in root.iter("span") if "s4" in element.get("class", "").split()]
    [inner] = [element for element in outer.iter("span") if "s5" in element.get("class", "").split()]
    assert "depth1" in inner.get("class", "").split()


def test_entries_say_who_on_whose_word_and_who_disputes_it() -> None:
    root = _parsed(to_html([sample()]))
    first, denial = root.find(".//li[@id='a1s1']"), root.find(".//li[@id='a1s6']")
    assert first is not None
    assert denial is not None
    assert "ein früherer Beamter described only through Hafenpost" in _words(first)
    assert "disputed by Ada Lenz 6" in _words(first)
    assert "hedged: offenbar" in _words(first)
    assert "cue “berichtet”" in _words(first)
    assert "disputes 1" in _words(denial)
    assert "denies" in _words(denial)


def test_low_confidence_is_marked_and_only_there() -> None:
    root = _parsed(to_html([sample()]))
    unsure = [entry.get("id") for entry in root.iter("li") if entry.find(".//*[@class='unsure']") is not None]
    assert unsure == ["a1s3"]


def test_the_balance_stands_on_top_in_words_and_figures() -> None:
    root = _parsed(to_html([sample()]))
    balance = root.find(".//section[@class='balance']")
    assert balance is not None
    words = _words(balance)
    assert (
        "4 of 8 statements rest on one unnamed source (“ein früherer Beamter”), known only through Hafenpost." in words
    )
    assert "Disputed: 1 statement of ein früherer Beamter, by Ada Lenz." in words
    assert "rest on unnamed sources50%" in words


def test_the_drawing_marks_unnamed_sources_and_denials() -> None:
    root = _parsed(to_html([sample()]))
    wide = next(element for element in root.iter() if "sources wide" in element.get("class", ""))
    cards = {_words(card): card.get("class", "") for card in wide.iter() if card.get("class", "").startswith("card")}
    assert any("früherer Beamter" in words and "unnamed" in kind for words, kind in cards.items())
    assert any("Ada Lenz" in words and "unnamed" not in kind for words, kind in cards.items())
    [denial] = [element for element in wide.iter() if element.get("class") == "denial"]
    assert _words(denial) == "Ada Lenz disputes ein früherer Beamter"
    widths = [float(way.get("stroke-width", "")) for way in wide.iter() if way.get("class") == "way"]
    assert max(widths) > 2 * min(widths)


def test_the_policy_allows_this_style_sheet_and_nothing_else() -> None:
    root = _parsed(to_html([sample()]))
    policy = root.find(".//meta[@http-equiv='Content-Security-Policy']")
    style = root.find(".//style")
    assert policy is not None
    assert style is not None
    digest = base64.b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()
    assert policy.get("content") == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_many_articles_have_a_list_of_contents_and_one_has_none() -> None:
    assert _parsed(to_html([sample()])).find(".//nav") is None
    contents = _parsed(to_html([sample(), sample()])).find(".//nav")
    assert contents is not None
    assert [link.get("href") for link in contents.iter("a")] == ["#a1", "#a2"]


def test_landmarks_and_headings_are_in_order() -> None:
    root = _parsed(to_html([sample(), sample()]))
    assert len(root.findall(".//main")) == 1
    levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_hostile_text_is_shown_and_does_nothing() -> None:
    words = _words(_parsed(to_html([hostile()])))
    assert "<script>alert(1)</script>" in words
    assert "[bold]rot[/bold]" in words
    assert HOSTILE not in to_html([hostile()])


def test_furniture_is_set_apart() -> None:
    root = _parsed(to_html([sample()]))
    assert [_words(found) for found in root.findall(".//p[@class='furniture']")] == ["Mehr «Region»"]


def test_no_articles_give_a_page_all_the_same() -> None:
    assert "0 articles" in _words(_parsed(to_html([])))


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    paragraphs = _parsed(to_html([sample()])).findall(".//div[@class='text']/p")
    assert len(paragraphs) == len(TEXT.strip().split("\n\n"))
