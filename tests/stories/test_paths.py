"""Whom the statements of a claim rest on, where reading left something out or took one thing for another."""

from story_corpus import article, ledger

from inquit.languages import language
from inquit.records import Claim, Ledger
from inquit.stories import find_stories
from inquit.stories.identity import identify
from inquit.stories.independence import balance
from inquit.stories.statements import units

SAID = "die Werft in Nordhaven werde im Herbst geschlossen"
FILLS = (
    "In Nordhaven arbeiten 400 Menschen auf der Werft, die der Familie Brandt gehört.",
    "Die Werft baut seit hundert Jahren Fähren, zuletzt blieben Aufträge aus.",
    "Der Bürgermeister will am Abend mit den Beschäftigten sprechen.",
)
MEMBER = ("ein Mitglied des Aufsichtsrats", "person", "anonymous")
PAPER = ("Küstenbote", "outlet", "named")


def report(name: str, outlet: str, hour: int, frame: str, *chain: tuple[str, str, str]) -> Ledger:
    text = f"{outlet}: Werft in Nordhaven vor dem Aus\n\n{frame}, {SAID}. {FILLS[hour % len(FILLS)]}"
    return ledger(article(name, text, outlet, hour), [(SAID, chain)])


def original() -> Ledger:
    return report("a", "Küstenbote", 6, "Wie ein Mitglied des Aufsichtsrats dieser Zeitung sagte", MEMBER)


def claim_of(*ledgers: Ledger) -> Claim:
    (story,) = find_stories(ledgers)
    return next(claim for claim in story.claims if len(claim.statements) == len(ledgers))


def test_a_relayed_source_described_otherwise_is_the_source_of_the_report() -> None:
    relay = report(
        "b", "Sundpost", 8, "Dem „Küstenboten“ sagte ein Manager", PAPER, ("ein Manager", "person", "described")
    )
    claim = claim_of(original(), relay)
    assert claim.independent_sources == 1
    assert [source.name for source in claim.primary_sources] == ["ein Mitglied des Aufsichtsrats"]


def test_a_name_that_the_cited_report_does_not_have_is_none_of_its_sources() -> None:
    misread = report("b", "Sundpost", 8, "Laut „Küstenbote“ und Jan Holm", PAPER, ("Jan Holm", "person", "named"))
    assert [source.name for source in claim_of(original(), misread).primary_sources] == [MEMBER[0]]
    frame = "Wie ein Mitglied des Aufsichtsrats dieser Zeitung sagte und auch Jan Holm meint"
    named = report("a", "Küstenbote", 6, frame, MEMBER)
    assert {source.name for source in claim_of(named, misread).primary_sources} == {MEMBER[0], "Jan Holm"}


def test_the_paper_and_a_report_without_name_are_the_cited_outlet() -> None:
    frame = "Wie der „Küstenbote“ berichtet, heißt es in der Zeitung"
    relays = [report("b", "Sundpost", 8, frame, ("der Zeitung", "organization", "described"))]
    relays.append(report("c", "Hafenecho", 9, frame, ("einem Bericht", "document", "described")))
    claim = claim_of(original(), *relays)
    assert [source.name for source in claim.primary_sources] == [MEMBER[0]]
    assert all(statement.source == 0 for statement in claim.statements)


def test_a_report_of_somebody_is_a_document_and_no_outlet() -> None:
    audit = ("einem Bericht des Rechnungshofs", "document", "described")
    claim = claim_of(original(), report("b", "Sundpost", 8, "Laut einem Bericht des Rechnungshofs", audit))
    assert len(claim.primary_sources) == 2


def test_who_is_taken_up_by_a_word_is_the_named_person_of_the_article() -> None:
    again = "dass die Werft in Nordhaven im Herbst geschlossen wird"
    text = f"Werft vor dem Aus\n\nHedda Brandt sagte, {SAID}. {FILLS[0]} Die Eigentümerin bekräftigte, {again}."
    named, taken_up = ("Hedda Brandt", "person", "named"), ("Die Eigentümerin", "person", "described")
    one = ledger(article("a", text, "Küstenbote", 6), [(SAID, [named]), (again, [taken_up])])
    german = language("de")
    found = balance(units(one, german), ["Küstenbote"], identify([one], [], german), [], german)
    assert [source.name for source in found.sources] == ["Hedda Brandt"]


def test_an_unnamed_source_of_a_report_that_is_not_here_is_one_for_all_who_cite_it() -> None:
    frame = "Der „Weltbote“ berichtet unter Berufung auf {}"
    relays = [
        report(
            f"r{i}",
            f"Blatt{letter}post",
            8 + i,
            frame.format(name),
            ("Weltbote", "outlet", "named"),
            (name, "person", naming),
        )
        for i, (letter, name, naming) in enumerate(
            (("A", "einen Manager", "described"), ("B", "einen Insider", "anonymous"))
        )
    ]
    assert claim_of(*relays).independent_sources == 1
