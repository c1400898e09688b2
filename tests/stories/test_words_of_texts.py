import unicodedata
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from inquit.records import Span
from inquit.stories import wording as reading
from inquit.stories.wording import SEED, shingles, wording, wordings, words_of_all

texts = st.text(st.sampled_from("aäßsẞé\u0301\u00ad 1-\n.„“\U0001f600İ\ud800"), max_size=60)
spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Span(*sorted(pair)))
several = st.lists(st.tuples(texts, st.lists(spans, max_size=2)), max_size=6)


def folded(character: str) -> str:
    """A character as it is compared, one by one."""
    if unicodedata.combining(character) or character == "\u00ad":
        return ""
    return "ss" if character == "ß" else unicodedata.normalize("NFD", character.lower())[0]


def words(text: str, skip: list[Span]) -> list[tuple[int, int, str]]:
    """Begin, end and folded letters of each word, without a table and without arithmetic."""
    out = {at for begin, end in skip for at in range(begin, end)}
    found: list[tuple[int, int, str]] = []
    for at, character in enumerate(text):
        letter = ord(character) < 0x10000 and (character.isalnum() or folded(character) == "")
        if not letter or at in out:
            continue
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1, found[-1][2] + folded(character))
        else:
            found.append((at, at + 1, folded(character)))
    return found


@settings(deadline=None)
@given(several)
@example([("", []), ("Straße", []), ("Strasse straße", [Span(0, 7)])])
def test_words_of_many_texts_are_those_of_each(some: list[tuple[str, list[Span]]]) -> None:
    hashes: dict[str, int] = {}
    read = [(one, first, last) for one in words_of_all(some) for first, last in pairwise(one.cuts.tolist())]
    for (text, skip), (all_, first, last) in zip(some, read, strict=True):
        expected = words(text, skip)
        assert list(zip(all_.begins[first:last], all_.ends[first:last], strict=True)) == [
            (b, e) for b, e, _ in expected
        ]
        for (_, _, form), value in zip(expected, all_.hashes[first:last].tolist(), strict=True):
            assert hashes.setdefault(form, value) == value
    assert len(set(hashes.values())) == len(hashes)


@settings(deadline=None)
@given(several)
def test_runs_lie_within_one_text(some: list[tuple[str, list[Span]]]) -> None:
    for (text, skip), found in zip(some, wordings(some), strict=True):
        alone = next(iter(words_of_all([(text, skip)])))
        assert found.runs.tolist() == shingles(alone.hashes, SEED).tolist()
        assert found.begins.tolist() == wording(text, skip).begins.tolist()


def test_many_texts_are_read_a_few_at_a_time() -> None:
    size = reading._AT_ONCE // 3
    texts = [("Deich " * (size // 6), ()) for _ in range(7)]
    assert [len(one.cuts) - 1 for one in words_of_all(texts)] == [3, 3, 1]
    assert len({one.runs.tobytes() for one in wordings(texts)}) == 1


def test_order_and_repeats_of_runs_are_known() -> None:
    once, twice = wording("a b c d e f"), wording("a b c d e f a b c d e f")
    assert once.varied
    assert not twice.varied
    assert (twice.ascending[1:] >= twice.ascending[:-1]).all()
    assert twice.runs[twice.order].tolist() == twice.ascending.tolist()
