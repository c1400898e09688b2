"""What rules add to the network: chances of spans, types, roles, and words for the medium."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit.languages import language
from inquit.languages.tokens import tokenize
from inquit.quotations import fusion, media
from inquit.quotations.candidates import DIRECT, OUTPUTS, Floats, Ints
from inquit.quotations.decode import Advice, _sections, decode
from inquit.quotations.drafts import Draft, Frame
from inquit.quotations.features import features
from inquit.quotations.fusion import Evidence
from inquit.quotations.network import network
from inquit.quotations.trained import evidence
from inquit.records import MEDIA, TYPES

GERMAN = language("de")
INDIRECT = TYPES.index("Indirect")
REPORTED = TYPES.index("Reported")
WEIGHTS = [-1.0, 0.7, 1.2, 0.1, 0.0, 0.0, 0.0, 0.0]


def zeros(*shape: int) -> Floats:
    return np.zeros(shape, np.float32)


def spans(*ranges: tuple[int, int]) -> tuple[Ints, Ints]:
    return np.array([a for a, _ in ranges], np.int64), np.array([b for _, b in ranges], np.int64)


def chances(*rows: dict[int, float]) -> Floats:
    """[n, 1 + types]: what each row gives its types, the rest to no quotation."""
    table = np.zeros((len(rows), 1 + len(TYPES)), np.float32)
    for at, row in enumerate(rows):
        for kind, chance in row.items():
            table[at, 1 + kind] = chance
        table[at, 0] = 1 - sum(row.values())
    return table


def test_a_draft_that_is_no_candidate_becomes_one() -> None:
    first, last = fusion.joined(*spans((2, 9)), [Evidence(2, 9, INDIRECT, 0.6), Evidence(4, 7, DIRECT, 0.6)])
    assert list(zip(first, last, strict=True)) == [(2, 9), (4, 7)]


def test_a_rule_that_finds_the_same_raises_the_chance_and_keeps_the_type() -> None:
    before = chances({INDIRECT: 0.3, REPORTED: 0.1}, {INDIRECT: 0.3, REPORTED: 0.1})
    after = fusion.masses(spans((2, 9), (20, 30)), before, [Evidence(2, 9, REPORTED, 0.6)], WEIGHTS)
    assert after[0, 1:].sum() > after[1, 1:].sum()
    assert after[0, 1 + INDIRECT] == pytest.approx(3 * after[0, 1 + REPORTED])


def test_the_type_of_the_rule_counts_where_the_network_sees_nothing() -> None:
    after = fusion.masses(spans((2, 9)), chances({INDIRECT: 0.01}), [Evidence(2, 9, REPORTED, 0.6)], WEIGHTS)
    assert after[0, 1 + REPORTED] > 0.01
    assert after[0, 1 + INDIRECT] == 0


def test_a_rule_for_direct_quotations_says_nothing_of_others() -> None:
    known = [Evidence(2, 9, DIRECT, 0.9)]
    alone, heard = (fusion.masses(spans((2, 9)), chances({INDIRECT: 0.4}), k, WEIGHTS) for k in ([], known))
    assert heard[0, 1 + INDIRECT] == pytest.approx(alone[0, 1 + INDIRECT])
    assert heard[0, 1 + DIRECT] > alone[0, 1 + DIRECT]


PAIRS = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(PAIRS, max_size=12), st.lists(PAIRS, max_size=12))
def test_the_nearest_draft_is_that_of_a_plain_search(
    candidates: list[tuple[int, int]], hulls: list[tuple[int, int]]
) -> None:
    known = [Evidence(a, b, INDIRECT, 0.5) for a, b in sorted(hulls)]
    best, which = fusion.nearest(*spans(*candidates), known)
    for (a, b), overlap, number in zip(candidates, best, which, strict=True):
        plain = [max(0, min(b, o.last) - max(a, o.first) + 1) / (max(b, o.last) - min(a, o.first) + 1) for o in known]
        assert overlap == pytest.approx(max(plain, default=0.0))
        assert number == (plain.index(max(plain)) if max(plain, default=0.0) > 0 else -1)


@given(
    st.lists(st.tuples(PAIRS, st.lists(st.floats(0, 1, width=32), min_size=6, max_size=6)), min_size=1, max_size=8),
    st.lists(st.tuples(PAIRS, st.integers(0, len(TYPES) - 1), st.floats(0, 1)), max_size=8),
)
def test_masses_are_probabilities(
    rows: list[tuple[tuple[int, int], list[float]]], drafts: list[tuple[tuple[int, int], int, float]]
) -> None:
    table = np.array([row for _, row in rows], np.float32) + np.float32(1e-6)
    known = sorted((Evidence(a, b, kind, chance) for (a, b), kind, chance in drafts), key=lambda one: one.first)
    after = fusion.masses(spans(*(pair for pair, _ in rows)), table / table.sum(1, keepdims=True), known, WEIGHTS)
    assert np.isfinite(after).all()
    assert (after >= 0).all()
    assert after.sum(1) == pytest.approx(np.ones(len(rows)), abs=1e-4)


def test_only_a_draft_about_the_same_tokens_speaks_of_a_quotation() -> None:
    near, far = Evidence(2, 10, INDIRECT, 0.6, "near"), Evidence(30, 60, INDIRECT, 0.6, "far")
    direct = np.array([False, False, True])
    assert fusion.matching(spans((2, 9), (30, 40), (2, 10)), direct, [near, far]) == [near, None, None]


def test_roles_of_a_draft_are_added_to_its_tokens_and_taken_from_others() -> None:
    one = Evidence(10, 15, INDIRECT, 0.6, roles={"speaker": ((5, 7),), "cue": ((7, 8),), "frame": ((5, 8),)})
    zero = zeros(8, len(OUTPUTS))
    logits, nobody = fusion.roles(zero, zeros(2), 4, one)
    cue, addressee = logits[:, OUTPUTS.index("cue")], logits[:, OUTPUTS.index("addressee")]
    assert cue.argmax() == 3
    assert (np.delete(cue, 3) < 0).all()
    assert not addressee.any()
    assert logits[:, OUTPUTS.index("speaker begin")].argmax() == 1
    assert logits[:, OUTPUTS.index("speaker end")].argmax() == 2
    assert not nobody.any()
    assert not zero.any()


def test_a_draft_without_a_speaker_speaks_for_nobody() -> None:
    _, nobody = fusion.roles(zeros(3, len(OUTPUTS)), zeros(2), 0, Evidence(0, 2, INDIRECT, 0.6))
    assert (nobody > 0).all()


def test_roles_outside_the_window_change_nothing() -> None:
    one = Evidence(10, 15, INDIRECT, 0.6, roles={"speaker": ((0, 2),), "addressee": ((90, 92),)})
    logits, _ = fusion.roles(zeros(6, len(OUTPUTS)), zeros(2), 10, one)
    assert logits.max() == 0


def test_evidence_of_a_section_is_counted_from_its_begin() -> None:
    draft = Draft("Indirect", ((12, 20),), Frame(cue=((8, 9),), speaker=(9, 11)), "as clause")
    known = [Evidence(2, 5, INDIRECT, 0.5), fusion.evidence(draft, 0.7), Evidence(18, 25, INDIRECT, 0.5)]
    (one,) = fusion.within(known, 9, 22)
    assert (one.first, one.last, one.rule, one.chance) == (3, 10, "as clause", 0.7)
    assert one.roles["speaker"] == ((0, 2),)
    assert one.roles["cue"] == ()


def test_the_rules_are_heard_in_every_section() -> None:
    text = "Die Brücke sei sicher, sagte Eva Kolb am Montag dem Rat. " * 700
    tokens = tokenize(text, GERMAN)
    assert len(_sections(tokens)) > 1
    advice = Advice(evidence(text, tokens, GERMAN), network(GERMAN).settings["fusion"], media.media(GERMAN))
    found = decode(network(GERMAN), tokens, features(tokens), advice)
    assert len(found) > 600
    assert sum(bool(one.rule) for one in found) > 0.95 * len(found)


def test_words_and_rules_move_the_medium() -> None:
    flat = np.full(len(MEDIA), 1 / len(MEDIA), np.float32)
    weights = np.zeros((2, len(MEDIA)), np.float32)
    weights[0, MEDIA.index("Writing")] = 2
    known = media.Media(["cue schrieb", media.USUAL], weights, (0.5, 0.5, 0.5))
    assert known.mixed(flat, ["cue unbekannt"], None) == pytest.approx(flat)
    assert MEDIA[known.mixed(flat, ["cue schrieb", "cue unbekannt"], None).argmax()] == "Writing"
    assert MEDIA[known.mixed(flat, [], MEDIA.index("Thought")).argmax()] == "Thought"


def test_the_rest_of_an_article_moves_the_medium_of_a_quotation_that_is_undecided() -> None:
    usual = np.full((1, len(MEDIA)), -np.log(len(MEDIA)), np.float32)
    known = media.Media([media.USUAL], usual, (0.5, 0.5, 0.5))
    written, spoken = (np.full(len(MEDIA), 0.02, np.float32) for _ in range(2))
    written[MEDIA.index("Writing")] = spoken[MEDIA.index("Speech")] = 0.88
    flat = np.full(len(MEDIA), 1 / len(MEDIA), np.float32)
    _, _, undecided = known.alike([written, written, flat])
    assert MEDIA[undecided.argmax()] == "Writing"
    assert undecided.sum() == pytest.approx(1)
    assert [MEDIA[one.argmax()] for one in known.alike([written, written, spoken])] == ["Writing", "Writing", "Speech"]
    assert [list(one) for one in known.alike([flat])] == [list(flat)]
    alone = known.with_shares(media.NEUTRAL)
    assert [list(one) for one in alone.alike([written, flat])] == [list(written), list(flat)]


def test_signs_of_the_medium_name_cue_speaker_and_what_is_missing() -> None:
    words = ["Das", "Amt", "schrieb", ",", "es", "warte", "."]
    roles = {"speaker": ((0, 2),), "cue": ((2, 3),), "frame": ((0, 3),), "addressee": ()}
    names = media.signs(words, ((4, 6),), roles, INDIRECT)
    assert {"cue schrieb", "speaker amt", "frame das", "first es"} <= set(names)
    assert "no cue" not in names
    assert "quote warte" in media.signs(words, ((4, 6),), {**roles, "cue": ()}, INDIRECT)
