import pytest
from story_corpus import article, ledger

from inquit.languages import language
from inquit.records import Claim, Ledger
from inquit.stories import claim_row, find_stories, story_row
from inquit.stories.statements import units

SAID = "die Werft in Nordhaven werde im Herbst geschlossen"
SAID_SO = "dass die Werft in Nordhaven im Herbst geschlossen wird"
UNNAMED = ("ein Mitglied des Aufsichtsrats", "person", "anonymous")
FILL = "In Nordhaven arbeiten 400 Menschen auf der Werft, die der Familie Brandt gehört. Die Werft baut Fähren."


def report(  # noqa: PLR0917
    name: str, outlet: str, hour: int, frame: str, said: str, chain: list[tuple[str, str, str]], **kw: str
) -> Ledger:
    """An article that carries one statement about the yard."""
    text = f"Werft in Nordhaven vor dem Aus\n\n{frame.format(said)} {FILL}"
    return ledger(article(name, text, outlet, hour), [(said, chain, kw.get("stance", "assert"))])  # type: ignore[list-item]


def original(outlet: str = "Küstenbote", name: str = "a1", hour: int = 6) -> Ledger:
    frame = "Ein Insider spricht: ein Mitglied des Aufsichtsrats sagte dieser Zeitung, {}."
    return report(name, outlet, hour, frame, SAID, [UNNAMED])


def relay(name: str, outlet: str, hour: int, cited: str) -> Ledger:
    frame = f"Laut „{cited}“ sagte ein Mitglied des Aufsichtsrats, {{}}."
    return report(name, outlet, hour, frame, SAID_SO, [(cited, "outlet", "named"), UNNAMED])


def claim_of(*ledgers: Ledger) -> Claim:
    stories = find_stories(ledgers)
    assert len(stories) == 1
    return next(claim for claim in stories[0].claims if len(claim.statements) == len(ledgers))


def test_six_outlets_with_one_unnamed_source_are_one_source() -> None:
    relays = [relay(f"b{i}", f"Blatt{chr(65 + i)}post", 7 + i, "Küstenbote") for i in range(5)]
    claim = claim_of(original(), *relays)
    assert claim.independent_sources == 1
    assert [source.name for source in claim.primary_sources] == ["ein Mitglied des Aufsichtsrats"]
    assert claim.primary_sources[0].first_in == "a1"
    assert not claim.circular
    assert all(statement.source == 0 for statement in claim.statements)
    assert any("relayed by" in line for line in claim.why)


def test_a_named_source_beside_the_unnamed_one_is_a_second_one() -> None:
    frame = "Eigentümerin Hedda Brandt bestätigte dem Blatt, {}."
    second = report("b", "Morgenblatt", 9, frame, SAID_SO, [("Hedda Brandt", "person", "named")], stance="confirm")
    claim = claim_of(original(), second)
    assert claim.independent_sources == 2
    assert {source.naming for source in claim.primary_sources} == {"anonymous", "named"}


def test_two_outlets_with_an_unnamed_source_each_do_not_prove_two() -> None:
    frame = "Ganz anders hört man es im Rathaus: Eine Person aus dem Umfeld der Familie berichtet, {}."
    other = ("Eine Person aus dem Umfeld der Familie", "person", "anonymous")
    claim = claim_of(original(), report("b1", "Morgenblatt", 9, frame, SAID_SO, [other]))
    assert claim.independent_sources == 1
    assert [source.independent for source in claim.primary_sources] == [True, False]
    assert any("do not decide" in line for line in claim.why)


def test_a_press_conference_is_one_source_with_several_witnesses() -> None:
    frame = "Hedda Brandt sagte am Mittag vor der Presse, {}."
    heard = [
        report(f"a{i}", f"Blatt{chr(65 + i)}post", 12 + i, frame, SAID, [("Hedda Brandt", "person", "named")])
        for i in range(3)
    ]
    claim = claim_of(*heard)
    assert claim.independent_sources == 1
    assert not claim.circular
    assert any("several witnesses" in line for line in claim.why)


def test_a_press_release_through_two_agencies_is_one_source() -> None:
    release = ("Brandt Werft AG", "organization", "named")
    frame = "Wie {1} meldet, teilte die Brandt Werft AG mit, {0}."
    relays = [
        report(
            f"p{i}",
            f"Blatt{chr(65 + i)}post",
            9 + i,
            frame.replace("{1}", agency),
            SAID,
            [(agency, "outlet", "named"), release],
        )
        for i, agency in enumerate(("ndk", "wod"))
    ]
    agencies = [
        report(agency, agency, 7 + i, "Die Brandt Werft AG teilte mit, {}.", SAID, [release])
        for i, agency in enumerate(("ndk", "wod"))
    ]
    claim = claim_of(*agencies, *relays)
    assert claim.independent_sources == 1
    assert claim.primary_sources[0].name == "Brandt Werft AG"


def test_a_body_and_who_speaks_for_it_are_one_voice() -> None:
    one = report(
        "a",
        "Küstenbote",
        8,
        "Die Brandt Werft AG teilte mit, {}.",
        SAID,
        [("Brandt Werft AG", "organization", "named")],
    )
    other = report(
        "b",
        "Morgenblatt",
        9,
        "Eine Firmensprecherin sagte, {}.",
        SAID,
        [("Eine Firmensprecherin", "person", "described")],
    )
    assert claim_of(one, other).independent_sources == 1


def test_namesakes_are_two_and_a_surname_alone_is_the_one_it_fits() -> None:
    people = ("Hedda Brandt", "Iver Brandt")
    found = [
        report(
            f"a{i}",
            f"Blatt{chr(65 + i)}post",
            8 + i,
            "Laut {1} ist es so: {0}.".replace("{1}", name),
            SAID,
            [(name, "person", "named")],
        )
        for i, name in enumerate(people)
    ]
    assert claim_of(*found).independent_sources == 2
    surname = report("c", "Sundpost", 11, "Brandt sagte, {}.", SAID, [("Brandt", "person", "named")])
    assert claim_of(found[0], surname).independent_sources == 1


def test_an_outlet_that_cites_who_cites_it_is_circular() -> None:
    back = report(
        "c", "Küstenbote", 18, "Auch das „Morgenblatt“ schreibt, {}.", SAID_SO, [("Morgenblatt", "outlet", "named")]
    )
    claim = claim_of(original(), relay("b", "Morgenblatt", 9, "Küstenbote"), back)
    assert claim.circular
    assert claim.independent_sources == 1
    assert any("circular: " in line for line in claim.why)


def test_a_cycle_of_three() -> None:
    second = relay("b", "Morgenblatt", 9, "Küstenbote")
    third = relay("c", "Sundpost", 11, "Morgenblatt")
    back = relay("d", "Küstenbote", 15, "Sundpost")
    claim = claim_of(original(), second, third, back)
    assert claim.circular
    assert claim.independent_sources == 1


def test_an_outlet_that_cites_its_own_earlier_report_is_not_circular() -> None:
    frame = "Wie der „Küstenbote“ am Morgen berichtet hatte, sagte ein Mitglied des Aufsichtsrats, {}."
    claim = claim_of(original(), report("a2", "Küstenbote", 15, frame, SAID_SO, [UNNAMED]))
    assert not claim.circular
    assert claim.independent_sources == 1


def test_a_relay_told_the_journalist_and_is_no_source_of_the_claim() -> None:
    text = f"Werft vor dem Aus\n\nEine Beamtin erzählte, der Minister habe ihr gesagt, {SAID}. {FILL}"
    chain = [("Eine Beamtin", "person", "anonymous"), ("der Minister", "person", "described")]
    told = ledger(
        article("a", text, "Küstenbote", 8),
        [(f"der Minister habe ihr gesagt, {SAID}", chain[:1]), (SAID, chain)],
    )
    claim = next(claim for claim in find_stories([told])[0].claims if len(claim.statements) == 2)
    assert [source.name for source in claim.primary_sources] == ["der Minister"]
    assert claim.independent_sources == 1


def test_a_denial_is_attached_and_makes_no_statement() -> None:
    denial = report(
        "b",
        "Morgenblatt",
        12,
        "Die Eigentümerin Hedda Brandt bestritt, {}.",
        SAID_SO,
        [("Hedda Brandt", "person", "named")],
        stance="deny",
    )
    claims = find_stories([original(), denial])[0].claims
    assert [(len(claim.statements), [d.by for d in claim.denied_by]) for claim in claims] == [(1, ["Hedda Brandt"])]
    assert claims[0].independent_sources == 1


def test_a_question_is_no_statement() -> None:
    asked = report(
        "b",
        "Morgenblatt",
        12,
        "{} ließ Hedda Brandt offen.",
        "Ob die Werft in Nordhaven geschlossen wird",
        [("Hedda Brandt", "person", "named")],
    )
    assert find_stories([original(), asked])[0].claims == ()


def test_a_story_of_one_article_without_quotations() -> None:
    (found,) = find_stories([ledger(article("a", "Es regnet in Nordhaven.", "Küstenbote", 8), [])])
    assert found.story.articles == ("a",)
    assert found.story.links == ()
    assert found.claims == ()
    assert find_stories([]) == []


def test_a_claim_without_any_source_has_none() -> None:
    found = [report(f"a{i}", f"Blatt{chr(65 + i)}post", 8 + i, "Es heißt, {}.", SAID, []) for i in range(2)]
    claim = claim_of(*found)
    assert claim.independent_sources == 0
    assert any("no source of its own" in line for line in claim.why)


def test_ids_stay_when_a_story_grows_and_no_order_matters() -> None:
    ledgers = [original(), relay("b", "Morgenblatt", 9, "Küstenbote"), relay("c", "Sundpost", 10, "Küstenbote")]
    small, large, turned = (find_stories(part)[0] for part in (ledgers[:2], ledgers, ledgers[::-1]))
    assert small.story.id == large.story.id
    assert small.claims[0].id == large.claims[0].id
    assert large == turned


def test_articles_without_outlet_time_and_title() -> None:
    bare = [
        ledger(article(name, f"Er sagte, {SAID}.", None, 8), [(SAID, [("Er", "person", "described")])]) for name in "ab"
    ]
    (found,) = find_stories(bare)
    assert len(found.story.articles) == 2


@pytest.mark.parametrize("text", ["", "\n", "„“", "§ 1 ... ;;; :", "ß" * 50])
def test_no_text_raises(text: str) -> None:
    find_stories([ledger(article("a", text, "Küstenbote", 8), []), ledger(article("b", text, None, 9), [])])


def test_the_rows_are_what_the_commands_print() -> None:
    (found,) = find_stories([original(), relay("b", "Morgenblatt", 9, "Küstenbote")])
    story = story_row(found.story, {"a1": "https://kuestenbote.example/a1"})
    assert story["articles"] == ["https://kuestenbote.example/a1", "b"]
    assert [(link["from"], link["to"], link["how"]) for link in story["links"]] == [
        ("b", "https://kuestenbote.example/a1", "rewrite")
    ]
    claim = claim_row(found.claims[0])
    assert claim["independent_sources"] == 1
    assert {"id", "text", "statements", "denied_by", "primary_sources", "circular", "why"} <= claim.keys()
    assert {statement["article"] for statement in claim["statements"]} == {"a1", "b"}


@pytest.mark.parametrize(
    ("said", "sentences"),
    [
        ("der letzte Zug fahre am 13. Dezember", 1),
        ("der 3. Kessel stehe still", 1),
        ("der Zug fahre seit 2013. Danach komme ein Bus", 2),
        ("der Zug fahre nicht mehr! Es komme ein Bus", 2),
    ],
)
def test_a_date_ends_no_sentence_of_a_statement(said: str, sentences: int) -> None:
    one = ledger(article("a", f"Bahnhof\n\nHedda Brandt sagte, {said}.", "Bote", 6), [(said, [])])
    assert [len(unit.parts) for unit in units(one, language("de"))] == [sentences]


def test_half_a_surrogate_pair_stops_no_claim() -> None:
    said = "die Werft in Nordhaven werde \ud83d im Herbst geschlossen"
    frame = "Ein Mitglied des Aufsichtsrats sagte dieser Zeitung, {}."
    broken = [report(name, f"Blatt{name}", 6 + i, frame, said, [UNNAMED]) for i, name in enumerate("ab")]
    assert claim_of(*broken).id.startswith("c-")
