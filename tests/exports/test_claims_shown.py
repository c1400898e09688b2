import base64
import hashlib
import io
import re
import tomllib
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from string import Formatter
from typing import Any
from xml.etree import ElementTree

import pytest
from claimsamples import busy, claims, hostile, many, two
from exportsamples import HOSTILE, few
from hypothesis import given
from hypothesis import strategies as st

from inquit.exports.claimsdifferences import differences, wording
from inquit.exports.claimsdrawing import claim_to_terminal
from inquit.exports.claimsfacts import circle, deniers, lead, resting, unnamed_share
from inquit.exports.claimshtml import claim_section, claims_to_html
from inquit.exports.claimsterminal import claims_table, stories_table
from inquit.exports.claimsview import ClaimContext
from inquit.exports.claimswords import LANGUAGES, words
from inquit.exports.excerpts import line
from inquit.records import Claim

SAMPLES = {"two": two(), "busy": busy(), "many": many(), "hostile": hostile()}


def page(made: tuple[Claim, ClaimContext]) -> ElementTree.Element:
    return ElementTree.fromstring(claims_to_html([made[0]], made[1]))


def said(element: ElementTree.Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def of_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def printed(made: tuple[Claim, ClaimContext], width: int = 80, encoding: str = "utf-8", **options: Any) -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    return claim_to_terminal(made[0], made[1], stream=stream, width=width, **options)


def table(claims: list[Claim], width: int, encoding: str = "utf-8") -> str:
    return claims_table(claims, stream=io.TextIOWrapper(io.BytesIO(), encoding=encoding), width=width)


# --- the page


@pytest.mark.parametrize("made", SAMPLES.values(), ids=SAMPLES)
def test_a_page_loads_and_runs_nothing(made: tuple[Claim, ClaimContext]) -> None:
    text = claims_to_html([made[0], made[0]], made[1])
    root = ElementTree.fromstring(text)
    assert not {element.tag.rpartition("}")[2] for element in root.iter()} & {
        "script", "img", "link", "iframe", "object", "base", "form", "image", "use", "animate", "set", "foreignObject",
    }  # fmt: skip
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in {"src", "style", "action"}
            if name == "href":
                assert re.match(r"#c\d|#main|https://www\.\w+\.example/", value)
                assert value.startswith("#") or element.get("rel") == "noreferrer noopener external"
    assert "url(" not in text
    assert "@import" not in text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)


def test_the_policy_allows_the_style_sheet_and_nothing_else() -> None:
    root = page(busy())
    sheet = root.find(".//style")
    policy = root.find(".//meta[@http-equiv='Content-Security-Policy']")
    assert sheet is not None
    assert policy is not None
    digest = base64.b64encode(hashlib.sha256((sheet.text or "").encode()).digest()).decode()
    assert policy.get("content") == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


@few
@given(claims())
def test_any_claim_makes_a_well_formed_page_with_unique_names(made: tuple[Claim, ClaimContext]) -> None:
    root = ElementTree.fromstring(claims_to_html([made[0], made[0]], made[1]))
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(names) == len(set(names))
    labels = {element.get("aria-labelledby") for element in root.iter()} - {None}
    assert labels <= set(names)
    links = {str(element.get("href"))[1:] for element in root.iter() if str(element.get("href")).startswith("#")}
    assert links <= set(names)


@few
@given(claims())
def test_every_statement_and_every_outlet_is_on_the_page(made: tuple[Claim, ClaimContext]) -> None:
    claim, _ = made
    root = page(made)
    cards = [card for listing in of_class(root, "beside") for card in listing]
    shown = []
    for card in cards:
        for gone in of_class(card, "words")[0].findall("del"):
            gone.text = ""
        shown.append(wording(said(of_class(card, "words")[0])))
    for one in (*claim.statements, *claim.denied_by):
        assert wording(one.text) in shown
    rows = root.findall(".//table[@class='claims-table']/tbody/tr")
    denied = {(one.article, one.by) for one in claim.denied_by}
    assert len({one.article for one in claim.statements}) <= len(rows)
    assert len(rows) <= len({one.article for one in claim.statements}) + len(denied)


def test_the_page_says_first_on_how_many_sources_a_claim_rests() -> None:
    root = page(many())
    assert said(of_class(root, "lead")[0]) == (
        "60 outlets carry it, on the word of one source: an unnamed one (“ein Beamter”)."
    )
    [strip] = of_class(root, "strip")
    assert [(group.get("class"), len(group.findall(".//i"))) for group in strip] == [("unnamed", 60)]


def test_denials_and_circles_stand_below_the_first_sentence() -> None:
    first, *against = map(said, of_class(page(busy()), "lead"))
    assert first.startswith("8 outlets carry it, on the word of 2 independent sources. 5 of them rest on")
    assert against == [
        "Denied by Olaf Brook and Hafenamt.",
        "Circular: Hafenpost has it from Wattzeitung has it from Marschbote has it from Hafenpost.",
    ]


def test_every_source_says_how_it_was_counted() -> None:
    [listing] = of_class(page(busy()), "counting")
    told = [said(item) for item in listing]
    assert told[0].startswith("1ein Beamterperson, anonymous · countsspeaks in Hafenpost; relayed by Nordagentur")
    assert told[1].startswith("2Ina Rodeperson, named · countsrelayed by Kanalkurier")
    assert "–ein Insiderperson, anonymous · not counted" in told[2]
    assert "the texts do not decide it" in told[2]
    assert [said(one) for one in of_class(page(busy()), "reasons")] == [
        "no source of its own in Inselpost: not counted"
    ]


def test_the_drawing_has_a_name_a_description_and_a_table() -> None:
    root = page(busy())
    for name in ("wide", "narrow"):
        [drawing] = of_class(root, name)
        children = [child.tag.rpartition("}")[2] for child in drawing]
        assert children[:2] == ["title", "desc"]
        assert drawing.get("role") == "group"
        assert "2 independent sources" in drawing.get("aria-label", "")
        assert {"unnamed", "uncounted", "denier", "relay", "returns"} <= {
            one for card in of_class(drawing, "card") for one in card.get("class", "").split()
        }
    rows = [[said(cell) for cell in row] for row in root.findall(".//table[@class='claims-table']/tbody/tr")]
    assert ["2025-02-03 07:10", "Deichblick: Schleuse (c1)", "copy", "Nordagentur", "ein Beamter"] in rows
    assert [
        "2025-02-03 12:40",
        "Hafenpost: Schleuse (a2)",
        "rewrite; circular: back at Hafenpost",
        "Wattzeitung",
        "ein Beamter",
    ] in rows
    assert ["2025-02-03 11:00", "Uferblatt: Schleuse (w)", "denial by Hafenamt", "Hafenamt", "–"] in rows


def test_cards_of_the_drawing_lead_to_what_is_said_and_counted() -> None:
    root = page(busy())
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    for name in ("wide", "narrow"):
        links = [element for element in of_class(root, name)[0].iter() if element.get("href")]
        found = {str(link.get("aria-label")): said(named[str(link.get("href"))[1:]]) for link in links}
        assert len(links) == 14
        watt, rode, ufer = (
            next(text for key, text in found.items() if key.startswith(one)) for one in ("Watt", "Ina", "Ufer")
        )
        assert "zum 1. März zugeht" in watt
        assert "relayed by Kanalkurier" in rode
        assert "Nein" in ufer or "Unfug" in ufer


def test_ties_are_told_apart_without_colour() -> None:
    [drawing] = of_class(page(busy()), "wide")
    ties = of_class(drawing, "tie")
    by_kind = {
        str(tie.get("class")).split()[1]: next(way.get("stroke-dasharray") for way in of_class(tie, "way"))
        for tie in ties
    }
    assert by_kind["rewrite"] != by_kind["cites"]
    assert by_kind["copy"] is None
    labels = {said(label) for label in of_class(drawing, "how")}
    assert labels == {"said to", "copy", "abridged", "rewrite", "cites"}


def test_the_same_words_of_several_outlets_are_one_card() -> None:
    [listing] = of_class(page(many()), "beside")
    assert len(listing) == 1
    assert said(listing).startswith("1 60 outlets, word for word: Hafenpost 06:00, Nordagentur 06:45")


def test_differences_from_the_typical_wording_are_marked() -> None:
    [listing] = of_class(page(two()), "beside")
    second = of_class(listing[1], "words")[0]
    assert [said(one) for one in second.findall("mark")] == ["dass", "schließt"]
    assert [said(one) for one in second.findall("del")] == ["schließt"]


def test_a_section_stands_alone_and_without_any_context() -> None:
    claim, _ = busy()
    section = ElementTree.fromstring(claim_section(claim, name="x"))
    assert {str(one.get("id")).partition("-")[0] for one in section.iter() if one.get("id")} == {"x"}
    assert {str(link.get("href"))[:3] for link in section.iter() if link.get("href")} == {"#x-"}


def test_many_claims_have_contents_and_headings_are_in_order() -> None:
    claim, known = busy()
    root = ElementTree.fromstring(claims_to_html([claim, two()[0]], known))
    contents = root.find(".//nav")
    assert contents is not None
    assert [link.get("href") for link in contents.iter("a")] == ["#c1", "#c2"]
    assert "2 independent sources" in said(contents)
    assert said(contents.find("h2")) == "Die Schleuse"
    levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert root.find(".//main") is not None


def test_hostile_names_are_shown_and_shortened() -> None:
    text = claims_to_html([hostile()[0]], hostile()[1])
    assert HOSTILE not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "javascript:" not in text
    assert max(map(len, re.findall(r"<text[^>]*>([^<]*)</text>", text))) < 120


def test_no_claims_give_a_page_all_the_same() -> None:
    assert "No claims." in said(ElementTree.fromstring(claims_to_html([])))


# --- the terminal


def test_a_table_shows_what_a_desk_asks() -> None:
    wide = table([busy()[0], two()[0]], 120)
    first = wide.split("\n\n")[1]
    for shown in ("8 ━", "2 ○●", "67%", "✕ Olaf Brook and", "yes", "2025-02-03 06:00", "c-1"):
        assert shown in first
    assert "Hafenamt" in first
    assert "100%" in wide.split("\n\n")[2]


@pytest.mark.parametrize("width", [30, 60, 80, 120, 200])
@pytest.mark.parametrize("made", SAMPLES.values(), ids=SAMPLES)
def test_nothing_is_wider_than_the_screen(made: tuple[Claim, ClaimContext], width: int) -> None:
    claim, known = made
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    stories = stories_table(list(known.stories.values()), known, claims=[claim], stream=stream, width=width)
    for text in (table([claim], width), stories, printed(made, width, statements=True)):
        assert max(map(len, text.split("\n"))) <= width
        assert all(row == row.rstrip() for row in text.split("\n"))
        assert "\x1b" not in text


def test_the_tree_shows_who_has_it_from_whom_and_why_it_counts() -> None:
    shown = printed(busy())
    assert (
        "       1 ○ ein Beamter  person, anonymous\n"
        "       │ speaks in Hafenpost; relayed by Nordagentur, Deichblick and Marschbote\n"
        "06:00  └─ Hafenpost\n"
        "07:00     └─ Nordagentur  rewrite  ✕ prints the denial, too\n"
        "07:10        ├─ Deichblick  copy\n"
        "07:15        └─ Marschbote  abridged\n"
        "09:20           └─ Wattzeitung  cites\n"
        "12:40              └─ Hafenpost  rewrite  ↻ circular: back at Hafenpost\n"
    ) in shown
    assert "       ✕ Hafenamt\n11:00  └─ Uferblatt" in shown
    assert "– ○ ein Insider  person, anonymous, not counted" in shown


def test_copies_are_folded() -> None:
    assert re.search(r"├─ \+ \d\d copies: Blatt 1 am Nordostseekanal, ", printed(many()))
    assert len(printed(many(), 100).split("\n")) < 60


def test_statements_are_shown_when_asked_for() -> None:
    assert "zum 1. März zugeht" not in printed(busy())
    shown = printed(busy(), statements=True)
    assert "Wattzeitung  09:20 · Marschbote\ndass die Schleuse zum 1. März zugeht" in shown
    assert "✕ Uferblatt  11:00 · Hafenamt\nUnfug" in shown


def test_an_old_screen_gets_signs_that_it_has() -> None:
    assert printed(busy(), encoding="ascii").isascii()
    assert table([busy()[0]], 80, "ascii").isascii()
    assert "`- Nordagentur" in printed(busy(), encoding="ascii")


@few
@given(claims(), st.integers(24, 140))
def test_any_claim_fits_any_screen(made: tuple[Claim, ClaimContext], width: int) -> None:
    printed(made, width, statements=True)
    assert table([made[0]], width).startswith(("Claim", line(made[0].text)[:5], "0", "1", "2", "3", "4", "5", "6"))


def test_stories_are_counted() -> None:
    claim, known = busy()
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    shown = stories_table(list(known.stories.values()), known, claims=[claim], stream=stream, width=120)
    assert re.search(r"^Die Schleuse +10 +9 +1 +1 copy, 1 abridged, 2 +2025-02-03 06:00", shown, flags=re.M)
    assert stories_table([], stream=stream) == "No stories."


# --- facts, differences, words


def test_facts_of_a_claim() -> None:
    claim, _ = busy()
    assert resting(claim)[0] == ["Hafenpost", "Nordagentur", "Deichblick", "Marschbote", "Wattzeitung"]
    assert resting(claim)[None] == ["Inselpost"]
    assert unnamed_share(claim) == pytest.approx(6 / 9)
    assert deniers(claim) == ["Olaf Brook", "Hafenamt"]
    assert circle(claim) == ["Hafenpost", "Wattzeitung", "Marschbote", "Hafenpost"]


def test_one_outlet_is_said_in_the_singular() -> None:
    claim = replace(two()[0], statements=two()[0].statements[:1])
    assert lead(claim, words()) == "1 outlet carries it, on the word of one source: an unnamed one (“ein Beamter”)."


def test_the_lead_says_when_nothing_is_proven() -> None:
    claim = replace(two()[0], primary_sources=(), independent_sources=0)
    claim = replace(claim, statements=tuple(replace(one, source=None) for one in claim.statements))
    assert lead(claim, words()) == "2 outlets carry it, and the texts prove no source."


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_statement_is_whole_without_what_is_gone(typical: str, text: str) -> None:
    pieces = differences(typical, text)
    assert "".join(piece.text for piece in pieces if piece.change != "gone") == line(text)


def test_case_and_sharp_s_are_no_differences() -> None:
    assert {piece.change for piece in differences("Die Straße bleibt zu", "die Strasse bleibt zu.")} == {"same"}


def test_what_is_gone_stands_where_it_would_be_read() -> None:
    pieces = differences("von Kiel über Husum nach Emden", "von Kiel, nach Emden")
    assert [(piece.text, piece.change) for piece in pieces] == [
        ("von Kiel", "same"), (", ", "same"), ("über Husum", "gone"), ("nach Emden", "same"),
    ]  # fmt: skip


def test_own_words_are_marked_and_nothing_is_struck() -> None:
    changes = [
        piece.change for piece in differences("Die Schleuse schließt im März", "Bald ist der Weg für Schiffe zu")
    ]
    assert "new" in changes
    assert "gone" not in changes


def places(found: Any) -> set[str]:
    """The names of the places in a text, or in all texts for numbers."""
    texts = found.values() if isinstance(found, dict) else [found]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def test_every_language_has_the_same_words() -> None:
    room = files("inquit.exports")
    read = {one: tomllib.loads((room / f"claims-words.{one}.toml").read_text("utf-8")) for one in LANGUAGES}
    first, *others = read.values()
    for other in others:
        assert {key: places(text) for key, text in first.items()} == {key: places(text) for key, text in other.items()}
    assert set(LANGUAGES) == {"en", "de"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", SAMPLES.values(), ids=SAMPLES)
def test_everything_can_be_said_in_every_language(made: tuple[Claim, ClaimContext], language: str) -> None:
    claim, known = made
    told = replace(known, language=language)
    root = ElementTree.fromstring(claims_to_html([claim, claim], told))
    assert root.get("lang") == language
    assert said(of_class(root, "colophon")[0]) == words(language)("colophon")
    assert words(language)("denials") in printed((claim, told)) or not claim.denied_by
