from dataclasses import replace
from itertools import pairwise

import pytest
from claimsamples import busy, claims, context, link, many, named, statement, two, unnamed
from exportsamples import few
from hypothesis import given

from inquit.exports.claimsview import ClaimContext
from inquit.exports.claimswords import words
from inquit.exports.graph import Edge, Graph, Node, claim_graph
from inquit.exports.graphlabels import Label
from inquit.exports.graphlayout import Layout, narrow, wide
from inquit.exports.graphletters import fitted, width, wrapped
from inquit.exports.graphnames import name_key
from inquit.exports.graphtimes import axis, clock, marks
from inquit.records import Claim


def graph(made: tuple[Claim, ClaimContext], *, folded_from: int = 5) -> Graph:
    claim, known = made
    return claim_graph(claim, known.stories[claim.story], folded_from=folded_from)


def outline(node: Node) -> str:
    """A tree as nested names, with how each has it from the one above."""
    below = ", ".join(outline(child) for child in node.children)
    return (f"{node.how or ''} {node.name}".strip() + (f" ({below})" if below else "")).strip()


def test_each_article_stands_below_the_one_it_has_the_claim_from() -> None:
    first, *others = graph(busy()).sources
    assert outline(first) == (
        "ein Beamter (said Hafenpost (rewrite Nordagentur (copy Deichblick, "
        "abridged Marschbote (cites Wattzeitung (rewrite Hafenpost)))))"
    )
    assert [outline(one) for one in others] == [
        "Ina Rode (said Jon Thede (said Kanalkurier))",
        "ein Insider (said Fährblatt)",
        "(said Inselpost)",
    ]


def test_only_sources_that_count_have_a_number() -> None:
    assert [(one.name, one.number) for one in graph(busy()).sources] == [
        ("ein Beamter", 1),
        ("Ina Rode", 2),
        ("ein Insider", None),
        ("", None),
    ]


def test_an_outlet_is_known_under_its_declined_name() -> None:
    [source] = graph(two()).sources
    assert outline(source) == "ein Beamter (said Hafenpost (rewrite Deichblick))"
    assert name_key("des Helvetischen Kuriers") == name_key("Helvetischer Kurier")
    assert name_key("Hafenpost") != name_key("Hafenbote")


def test_a_circle_is_marked_along_its_way_and_where_it_closes() -> None:
    nodes = graph(busy()).nodes()
    assert nodes["aa2"].back == "aa"
    assert {key for key, node in nodes.items() if node.circular} == {"an", "ac2", "ar", "aa2"}


def test_an_outlet_that_repeats_itself_is_no_circle() -> None:
    statements = (statement("a", "Hafenpost", 0), statement("b", "Hafenpost", 90))
    claim = replace(two()[0], statements=statements)
    nodes = graph((claim, context(claim, link("b", "a", "copy")))).nodes()
    assert [node.back for node in nodes.values()] == [None] * 3
    assert not any(node.circular for node in nodes.values())


def test_a_second_source_of_an_article_is_a_further_tie() -> None:
    claim, _ = two()
    claim = replace(
        claim,
        statements=(*claim.statements, statement("b", "Deichblick", 60, "Ja", by="Ina Rode", source=1)),
        primary_sources=(*claim.primary_sources, named()),
    )
    found = graph((claim, context(claim, link("b", "a", "rewrite"))))
    assert Edge("s1", "ab", "said", tree=False) in found.edges
    assert outline(found.sources[0]) == "ein Beamter (said Hafenpost (rewrite Deichblick))"
    for layout in (wide(found, words()), narrow(found, words())):
        assert any("also: said to Ina Rode" in label.text for label in layout.labels())
        assert_readable(layout)


def test_who_passes_a_claim_on_stands_between_even_where_it_is_not_said_for_whom() -> None:
    source = unnamed(names=("ein Beamter", "einem Beamten"))
    told = (
        statement("a", "Hafenpost", 0, "Zu", by="Ina Rode"),
        statement("a", "Hafenpost", 0, via=("Ina Rode",)),
        statement("b", "Deichblick", 9, by="einem Beamten"),
    )
    claim = replace(two()[0], statements=told, primary_sources=(source,))
    assert outline(claim_graph(claim).sources[0]) == "ein Beamter (said Ina Rode (said Hafenpost), said Deichblick)"


def test_what_an_article_cites_for_something_else_is_no_tie_of_the_claim() -> None:
    claim = replace(two()[0], statements=(statement("a", "Hafenpost", 0), statement("b", "Deichblick", 60)))
    found = graph((claim, context(claim, link("b", "a", "cites"))))
    assert outline(found.sources[0]) == "ein Beamter (said Hafenpost, said Deichblick)"
    assert all(edge.tree for edge in found.edges)


def test_without_any_source_an_article_stands_below_the_one_it_derives_from() -> None:
    told = (statement("a", "Hafenpost", 0), statement("b", "Deichblick", 60, by=None, source=None))
    claim = replace(two()[0], statements=told)
    [source] = graph((claim, context(claim, link("b", "a", "rewrite")))).sources
    assert outline(source) == "ein Beamter (said Hafenpost (rewrite Deichblick))"


def test_an_outlet_without_article_stands_between() -> None:
    claim, _ = two()
    cited = link("b", "a", "cites")
    claim = replace(claim, statements=(statement("b", "Deichblick", 0, via=("Uferblatt",)),))
    known = context(claim, replace(cited, original=None, outlet="Uferblatt"))
    [source] = graph((claim, known)).sources
    assert outline(source) == "ein Beamter (said Uferblatt (cites Deichblick))"
    assert source.children[0].kind == "outlet"


def test_without_a_story_the_statements_say_who_cites_whom() -> None:
    [source] = claim_graph(two()[0]).sources
    assert outline(source) == "ein Beamter (said Hafenpost (cites Deichblick))"


def test_who_denies_stands_once_with_all_that_print_it() -> None:
    brook, office = graph(busy()).deniers
    assert (brook.name, brook.children[0].names) == ("Olaf Brook", ("Nordagentur", "Uferblatt"))
    assert outline(office) == "Hafenamt (said Uferblatt)"
    assert [node.name for node in graph(busy()).nodes().values() if node.denies_too] == ["Nordagentur"]


def test_copies_without_any_of_their_own_are_folded_and_none_is_lost() -> None:
    claim, _ = many()
    folded, unfolded = graph(many()), graph(many(), folded_from=1000)
    assert len(folded.nodes()) < 35
    assert len(unfolded.nodes()) == 61
    for one in (folded, unfolded):
        drawn = [article for node in one.nodes().values() for article in node.articles]
        assert sorted(drawn) == sorted(one.article for one in claim.statements)


@few
@given(claims())
def test_any_claim_makes_trees_that_hold_every_article_once(made: tuple[Claim, ClaimContext]) -> None:
    claim, _ = made
    found = graph(made, folded_from=3)
    drawn = [article for root in found.sources for node in root.walk() for article in node.articles]
    assert sorted(drawn) == sorted({one.article for one in claim.statements})
    denied = [article for root in found.deniers for node in root.walk() for article in node.articles]
    assert {one.article for one in claim.denied_by} == set(denied)
    assert {root.place for root in found.sources} - {None} == set(range(len(claim.primary_sources)))
    keys = set(found.nodes())
    assert all(edge.begin in keys and edge.end in keys for edge in found.edges)


# --- the layout


def drawings(made: tuple[Claim, ClaimContext]) -> list[Layout]:
    found = graph(made)
    return [draw(found, words(language)) for draw in (wide, narrow) for language in ("en", "de")]


def area(label: Label) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a label, what it needs and no more."""
    return label.x, label.y - 0.75 * label.size, label.x + label.width, label.y + 0.2 * label.size


def apart(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def assert_readable(layout: Layout) -> None:
    """No label on another, no card on another, no label of a line on a card, all inside the drawing."""
    texts = [(label.text, area(label)) for label in layout.labels()]
    for at, (text, box) in enumerate(texts):
        assert text
        assert box[0] >= -0.01, text
        assert box[2] <= layout.width + 0.01, text
        assert all(apart(box, other) for _, other in texts[at + 1 :]), text
    cards = [(box.x, box.y, box.x + box.width, box.y + box.height) for box in layout.boxes]
    for at, card in enumerate(cards):
        assert card[3] <= layout.height
        assert all(apart(card, other) for other in cards[at + 1 :])
        for wire in layout.wires:
            assert wire.label is None or apart(area(wire.label), card)


@pytest.mark.parametrize("made", [two(), busy(), many(), many(200)], ids=["two", "busy", "sixty", "two hundred"])
def test_labels_and_cards_never_overlap(made: tuple[Claim, ClaimContext]) -> None:
    for layout in drawings(made):
        assert_readable(layout)


@few
@given(claims())
def test_labels_and_cards_of_any_claim_never_overlap(made: tuple[Claim, ClaimContext]) -> None:
    for layout in drawings(made):
        assert_readable(layout)


def test_a_long_chain_makes_the_drawing_wider_and_not_unreadable() -> None:
    statements = [statement("a0", "Blatt", 0)]
    statements += [statement(f"a{n}", f"Blatt {n}", n, by=f"Blatt {n - 1}" if n > 1 else "Blatt") for n in range(1, 30)]
    claim = replace(two()[0], statements=tuple(statements))
    made = claim, context(claim, *(link(f"a{n}", f"a{n - 1}", "rewrite") for n in range(1, 30)))
    for layout in drawings(made):
        assert_readable(layout)
    assert wide(graph(made), words()).width > 1080 == wide(graph(two()), words()).width


@few
@given(claims())
def test_lines_begin_and_end_at_cards(made: tuple[Claim, ClaimContext]) -> None:
    for layout in drawings(made):
        boxes = {box.node.key: box for box in layout.boxes}
        for wire in layout.wires:
            begin, end = boxes[wire.begin], boxes[wire.end]
            x, y = wire.points[0]
            assert begin.x - 0.01 <= x <= begin.x + begin.width + 0.01
            assert begin.y - 0.01 <= y <= begin.y + begin.height + 0.01
            x, y = wire.points[-1]
            assert end.y <= y <= end.y + end.height
            assert min(abs(x - end.x), abs(x - end.x - end.width)) <= 4.01
        tied = {(wire.begin, wire.end) for wire in layout.wires}
        children = {(box.node.key, child.key) for box in layout.boxes for child in box.node.children}
        assert children <= tied


def test_later_articles_stand_further_right() -> None:
    layout = wide(graph(many()), words())
    timed = sorted((box.node.published, box.x) for box in layout.boxes if box.node.published)
    assert [x for _, x in timed] == sorted(x for _, x in timed)


def test_every_denial_leads_to_every_source() -> None:
    layout = wide(graph(busy()), words())
    denials = [(wire.begin, wire.end) for wire in layout.wires if wire.how == "denies"]
    assert denials == [(by, of) for by in ("d0", "d1") for of in ("s0", "s1", "s2", "unknown")]


# --- times and letters


def test_times_are_shown_in_the_zone_of_the_first_and_with_the_day_where_there_are_several() -> None:
    one_day = clock(["2025-02-03T06:00:00+01:00", "2025-02-03T08:30:00Z"])
    assert one_day.shown("2025-02-03T08:30:00Z") == "09:30"
    two_days = clock(["2025-02-03T06:00:00+01:00", "2025-02-04T06:00:00+01:00", None, "gestern"])
    assert two_days.shown("2025-02-04T06:00:00+01:00") == "02-04 06:00"
    assert two_days.full("2025-02-04T06:00:00+01:00") == "2025-02-04 06:00"
    assert (two_days.shown("2025-02-04"), two_days.shown("gestern"), two_days.shown(None)) == (
        "2025-02-04",
        "gestern",
        "",
    )


def test_marks_of_an_axis_are_round_and_apart() -> None:
    hour = 3600.0
    shown = marks(axis([(0.0, 0.0), (3 * hour, 100.0), (20 * hour, 600.0)]), clock(["1970-01-01T00:00:00Z"]), 50)
    assert [text for _, text in shown][:3] == ["1970-01-01", "03:00", "06:00"]
    places = [place for place, _ in shown]
    assert all(later - earlier >= 50 for earlier, later in pairwise(places))


def test_text_is_fitted_into_its_room() -> None:
    assert fitted("Hafenpost", 200, 13) == "Hafenpost"
    short = fitted("Der Nordostseekanalbote am Sonntag", 100, 13)
    assert short.endswith("…")
    assert width(short, 13) <= 100
    lines = wrapped("Ein Mitglied der Delegation aus dem hohen Norden", 120, 13, 2)
    assert len(lines) == 2
    assert all(width(one, 13) <= 120 for one in lines)
