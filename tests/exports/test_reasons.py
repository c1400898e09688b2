"""Reasons are told in German where the interface is German, and never lose a word of the text."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import inquit
from inquit.exports.reasons import reason_in
from inquit.stories import find_stories

EXAMPLES = Path(__file__).parents[2] / "examples"
SAME_IN_GERMAN = re.compile(r"Konjunktiv: \w+")


@pytest.mark.parametrize(
    ("reason", "german"),
    [
        ("source: 'er' takes up 'Ada Brunn'", "Quelle: 'er' nimmt 'Ada Brunn' auf"),
        ("stance: deny by “weist”, “zurück”", "Haltung: bestreitet, “weist”, “zurück”"),
        ("stance: assert as nothing points to another stance", "Haltung: sagt, da nichts auf eine andere hinweist"),
        ("network and rules: quotation 0.98, Indirect 1.00", "Netz und Regeln: Zitat 0.98, indirekt 1.00"),
        (
            "disputes “der Damm sei gebrochen”: a denial; both speak of “Damm”; its source is spoken of there",
            "bestreitet „der Damm sei gebrochen“: ein Dementi; beide sprechen von “Damm”; "
            "dort ist von ihrer Quelle die Rede",
        ),
        (
            "speaks in Seeblatt; relayed by Alpenpost, Kurier and Echo",
            "spricht in Seeblatt; weitergegeben von Alpenpost, Kurier und Echo",
        ),
        (
            "circular: Seeblatt has it from Alpenpost has it from Seeblatt",
            "im Kreis: Seeblatt hat es von Alpenpost hat es von Seeblatt",
        ),
        ("published 3 hours later", "3 Stunden später erschienen"),
        ("Konjunktiv: sei", "Konjunktiv: sei"),
        ("what no form knows", "what no form knows"),
    ],
)
def test_a_reason_is_told_in_german_and_stays_in_english(reason: str, german: str) -> None:
    assert reason_in("de", reason) == german
    assert reason_in("en", reason) == reason


def test_every_reason_of_the_example_story_is_told_in_german() -> None:
    read = inquit.read_many([EXAMPLES / "story" / "articles.jsonl", EXAMPLES / "relay.txt"])
    ledgers = [item for item in read if isinstance(item, inquit.Ledger)]
    reasons = {reason for ledger in ledgers for quotation in ledger.quotations for reason in quotation.why}
    for story in find_stories(ledgers):
        reasons |= {reason for link in story.story.links for reason in link.why}
        reasons |= {reason.partition("): ")[2] or reason for claim in story.claims for reason in claim.why}
    assert len(reasons) > 50
    kept = {reason for reason in reasons if reason_in("de", reason) == reason}
    assert {reason for reason in kept if not SAME_IN_GERMAN.fullmatch(reason)} == set()


@given(st.text(max_size=80), st.text(alphabet="{}abx ;:", max_size=40))
def test_words_of_the_text_are_never_taken_for_places(name: str, strange: str) -> None:
    assert reason_in("de", strange) is not None
    told = reason_in("de", f"source: {name!r} stands for itself")
    assert repr(name) in told


def test_a_reason_made_to_be_slow_is_not() -> None:
    begin = time.process_time()
    for part in ("; ", " is ", " words in ", " has it from ", " and ", ": "):
        reason_in("de", "source: " + part * 150)
    assert time.process_time() - begin < 2
