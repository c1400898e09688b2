from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.stories.alignment import align, shared_words, spans, spans_there
from inquit.stories.wording import SEED, wording

SENTENCE = "Der Deich bei Ostersiel wird im kommenden Jahr auf einer Länge von drei Kilometern erhöht"
words = st.lists(st.sampled_from(["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op"]), max_size=40).map(" ".join)


def test_a_passage_is_found_through_marks_case_and_double_s() -> None:
    one = wording(f"Anders fängt es an. {SENTENCE}, „wie beschloßen“.")
    other = wording(f"{SENTENCE.upper()} - «wie beschlossen». Mehr nicht.")
    aligned = align(one, other)
    assert aligned.words == len(SENTENCE.split()) + 2
    assert len(aligned.passages) == 1


def test_evidence_is_the_characters_of_the_passage_in_both_texts() -> None:
    one, other = f"Vorher. {SENTENCE}. Nachher.", f"Ganz anders. {SENTENCE}!"
    first, second = wording(one), wording(other)
    aligned = align(first, second)
    assert [one[b:e] for b, e in spans(aligned, first)] == [SENTENCE]
    assert [other[b:e] for b, e in spans_there(aligned, second)] == [SENTENCE]


def test_an_edit_inside_a_sentence_leaves_one_passage() -> None:
    edited = SENTENCE.replace("im kommenden Jahr", "2031")
    aligned = align(wording(SENTENCE), wording(edited))
    assert len(aligned.passages) == 1 or aligned.words < len(SENTENCE.split()) - 3
    assert aligned.words >= 8


def test_passages_in_another_order_are_found_each() -> None:
    other = "Niemand in der Gemeinde hat bisher einen Einspruch gegen diesen Plan erhoben"
    aligned = align(wording(f"{SENTENCE}. {other}."), wording(f"{other}. {SENTENCE}."))
    assert [p.words for p in aligned.passages] == [len(SENTENCE.split()), len(other.split())]


def test_furniture_is_no_passage() -> None:
    text = f"{SENTENCE}. Ende."
    skip = [(0, len(SENTENCE))]
    assert align(wording(text, skip), wording(text, skip)).words == 0  # type: ignore[arg-type]


@settings(deadline=None)
@given(words, words)
def test_each_word_is_used_once_on_either_side(one: str, other: str) -> None:
    first, second = wording(one), wording(other)
    aligned = align(first, second)
    for length, pairs in (
        (len(first), [(p.begin, p.end) for p in aligned.passages]),
        (len(second), sorted((p.there_begin, p.there_end) for p in aligned.passages)),
    ):
        flat = [at for pair in pairs for at in pair]
        assert flat == sorted(flat)
        assert not flat or (flat[0] >= 0 and flat[-1] <= length)
    assert aligned.share <= 1
    assert aligned.there_share <= 1


@settings(deadline=None)
@given(words, words)
def test_the_quick_count_finds_at_least_what_the_alignment_finds(one: str, other: str) -> None:
    first, second = wording(one), wording(other)
    here, there = shared_words(first, second)
    assert (align(first, second).words >= SEED) <= (here >= SEED and there >= SEED)


@settings(deadline=None)
@given(words)
def test_a_text_is_wholly_its_own_copy(text: str) -> None:
    one = wording(text)
    aligned = align(one, one)
    varied = len({tuple(text.split()[i : i + SEED]) for i in range(len(one) - SEED + 1)}) == len(one) - SEED + 1
    if varied and len(one) >= SEED:
        assert aligned.words == len(one)
