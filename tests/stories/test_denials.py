"""Denials that only the statement they face shows, and what is none."""

import pytest
from story_corpus import article, ledger

from inquit.languages import language
from inquit.records import Claim, Ledger
from inquit.stories import find_stories
from inquit.stories.affinity import Affinity, affinity
from inquit.stories.claims import DENYING
from inquit.stories.denials import DENIAL_FEATURES, WITHOUT_SIGNS, beside, denial_features, denying
from inquit.stories.identity import Identity, identify
from inquit.stories.relations import relations
from inquit.stories.statements import Unit, units

SAID = "die Werft in Nordhaven werde im Herbst geschlossen"
FILL = "In Nordhaven arbeiten 400 Menschen auf der Werft, die der Familie Brandt gehört. Die Werft baut Fähren."
MEMBER = ("ein Mitglied des Aufsichtsrats", "person", "anonymous")
OWNER = ("Hedda Brandt", "person", "named")


def reports() -> list[Ledger]:
    text = f"Werft in Nordhaven vor dem Aus\n\nEin Mitglied des Aufsichtsrats sagte, {SAID}. {FILL}"
    other = f"Aus für die Werft\n\nLaut „Küstenbote“ sagte ein Mitglied des Aufsichtsrats, {SAID}. {FILL}"
    chain = [("Küstenbote", "outlet", "named"), MEMBER]
    return [
        ledger(article("a", text, "Küstenbote", 6), [(SAID, [MEMBER])]),
        ledger(article("b", other, "Sundpost", 8), [(SAID, chain)]),
    ]


def claim_with(said: str, frame: str) -> Claim:
    text = f"Brandt zur Werft in Nordhaven\n\n{frame.format(said)} {FILL}"
    answer = ledger(article("c", text, "Abendpost", 12), [(said, [OWNER])])
    (story,) = find_stories([*reports(), answer])
    return max(story.claims, key=lambda claim: len(claim.statements))


@pytest.mark.parametrize(
    ("said", "frame"),
    [
        ("„Die Werft in Nordhaven wird im Herbst nicht geschlossen“", "{}, sagte Hedda Brandt."),
        ("es gebe keine Pläne, die Werft in Nordhaven im Herbst zu schließen", "Hedda Brandt versicherte, {}."),
        ("Dass die Werft in Nordhaven im Herbst geschlossen werde, sei falsch", "{}, sagte Hedda Brandt."),
    ],
)
def test_who_says_the_opposite_denies_whatever_the_reader_takes_it_for(said: str, frame: str) -> None:
    claim = claim_with(said, frame)
    assert [statement.article for statement in claim.denied_by] == ["c"]
    assert len(claim.statements) == 2
    assert [source.name for source in claim.primary_sources] == [MEMBER[0]]


def test_who_says_the_same_does_not_deny() -> None:
    claim = claim_with("dass die Werft in Nordhaven im Herbst geschlossen wird", "Hedda Brandt sagte, {}.")
    assert len(claim.statements) == 3
    assert not claim.denied_by


def test_who_says_nothing_to_it_neither_says_nor_denies_it() -> None:
    claim = claim_with("die Schließung der Werft in Nordhaven", "Hedda Brandt nahm keine Stellung dazu, ob {} kommt.")
    assert len(claim.statements) == 2
    assert not claim.denied_by


def test_what_stands_beside_a_statement_is_its_sentence_and_the_one_before() -> None:
    text = "Titel\n\nBrandt widersprach. „Nein“, sagte sie am Abend. Ende."
    (unit,) = units(ledger(article("a", text, "Bote", 6), [("„Nein“", [OWNER])]), language("de"))
    own, before = beside(unit)
    assert own.split() == [",", "sagte", "sie", "am", "Abend"]
    assert "widersprach" in before


def compared(said: str, frame: str) -> tuple[list[Unit], Affinity, Identity]:
    text = f"Brandt zur Werft in Nordhaven\n\n{frame.format(said)} {FILL}"
    ledgers = [*reports(), ledger(article("c", text, "Abendpost", 12), [(said, [OWNER], "demand")])]
    found = [unit for one in ledgers for unit in units(one, language("de"))]
    known = identify(ledgers, (), language("de"))
    return found, affinity(found, relations(found, known, ()), language("de")), known


def test_where_nobody_rejects_or_negates_nothing_else_speaks_for_a_denial() -> None:
    found = compared("dass die Werft in Nordhaven im Herbst geschlossen wird", "Hedda Brandt forderte, {}.")
    rows = denial_features(*found, language("de"))
    there = {name for name, column in zip(DENIAL_FEATURES, rows.T, strict=True) if column.any()}
    assert {"the reader says demand or commit", "like a statement of another source"} <= there <= set(WITHOUT_SIGNS)
    assert 0 < denying(*found, language("de")).max() < DENYING
    assert not denying(*found, language("de"), least=DENYING).any()


def test_where_somebody_negates_all_are_looked_at() -> None:
    found = compared("die Werft in Nordhaven werde im Herbst nicht geschlossen", "Hedda Brandt sagte, {}.")
    assert denying(*found, language("de"), least=DENYING).tolist() == denying(*found, language("de")).tolist()
    assert denying(*found, language("de")).max() > 0
