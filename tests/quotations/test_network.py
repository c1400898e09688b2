"""The trained network at run time: word vectors from tables, long texts in parts, several members as one."""

import json
import shutil
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit.languages import language
from inquit.languages.tokens import tokenize
from inquit.quotations.features import Features, features, subwords
from inquit.quotations.network import (
    REACH,
    SHORTEST,
    TOGETHER,
    TOKENS_TOGETHER,
    Encoded,
    Foreseen,
    TrainedNetwork,
    Words,
    _batches,
    _parts,
    network,
)

GERMAN = language("de")


def words() -> Words:
    random = np.random.default_rng(3)
    tables: dict[str, npt.NDArray[Any]] = {
        "words": random.integers(-127, 128, (3, 8)).astype(np.int8),
        "words-scale": np.full(3, 0.01, np.float16),
        "pieces": random.integers(-127, 128, (1 << 16, 8)).astype(np.int8),
        "pieces-scale": np.full(1 << 16, 0.01, np.float16),
    }
    return Words(["haus", "sagte"], tables)


def test_a_word_has_one_vector_whatever_stands_beside_it() -> None:
    alone, together = words(), words()
    expected = np.stack([alone.vectors([form])[0] for form in ("haus", "baum", "sagte", "haus")])
    assert np.allclose(together.vectors(["haus", "baum", "sagte", "haus"]), expected, atol=1e-6)


def test_an_unknown_word_is_made_of_its_subwords() -> None:
    made = words()
    rows = made._tables["pieces"][subwords("baum")].astype(np.float32) * np.float32(np.float16(0.01))
    assert np.allclose(made.vectors(["baum"])[0], 2 * rows.mean(0), atol=1e-5)


@pytest.mark.parametrize("n", [1, REACH, REACH + 500, 5 * REACH + 1])
def test_parts_cover_every_token_once(n: int) -> None:
    kept = [i for _, _, (begin, end) in _parts(n, 7) for i in range(begin, end)]
    assert kept == list(range(n))
    assert all(low <= begin < end <= high for _, (low, high), (begin, end) in _parts(n, 7))
    assert {part.text for part in _parts(n, 7)} == {7}


@given(st.lists(st.integers(0, 4 * REACH), max_size=12))
def test_batches_hold_every_part_once_and_parts_of_about_one_length(sizes: list[int]) -> None:
    parts = [part for number, n in enumerate(sizes) for part in _parts(n, number)]
    batches = list(_batches(parts))
    assert sorted(part for batch in batches for part in batch) == sorted(parts)
    for batch in batches:
        lengths = [part.length for part in batch]
        assert len(batch) <= TOGETHER
        assert len(batch) * lengths[0] <= TOKENS_TOGETHER
        assert min(lengths) >= SHORTEST * lengths[0] == SHORTEST * max(lengths)


def test_a_long_text_reads_nearly_as_its_parts() -> None:
    sentence = "Der Rat habe lange beraten, sagte Eva Kolb am Montag. Dann ging man nach Hause. "
    short, long = (features(tokenize(sentence * repeats, GERMAN)) for repeats in (20, 100))
    begin, _, rows, _ = network(GERMAN).tokens(long)
    expected, *_ = network(GERMAN).tokens(short)
    assert len(rows) == len(long.forms) + 1
    assert np.abs(begin[40:200] - expected[40:200]).max() < 0.1


def test_no_probability_leaves_its_range() -> None:
    begin, end, _, _ = network(GERMAN).tokens(features(tokenize("„Nein“, sagte er. Es sei aus.", GERMAN)))
    assert ((begin >= 0) & (begin <= 1) & (end >= 0) & (end <= 1)).all()


def of_lengths(*lengths: int) -> list[Features]:
    """Features of texts of about so many tokens, no two of them alike."""
    said = "Der Rat habe „lange“ beraten, sagte Eva Kolb am Montag. Dann ging Nr. {} nach Hause, hieß es. "
    words = "".join(said.format(number) for number in range(max(lengths) // 10)).split(" ")
    return [features(tokenize(" ".join(words[n : n + length]), GERMAN)) for n, length in enumerate(lengths)]


def assert_same(one: Encoded, other: Encoded) -> None:
    for a, b in zip(one, other, strict=True):
        assert a.shape == b.shape
        assert (a == b).all()


LENGTHS = (3, 400, 0, 390, 1, 395, REACH + 300, 380, 60, 70, 2)


def test_texts_read_together_do_not_see_each_other() -> None:
    """Not one bit differs, whatever is read beside a text: very short ones, empty ones, parts of long ones."""
    trained, texts = network(GERMAN), of_lengths(*LENGTHS)
    alone = [trained.tokens(one) for one in texts]
    for group in (texts, texts[::-1], texts[3:6], [texts[1]] * 5):
        for one, said in zip(group, trained.together(group), strict=True):
            assert_same(said, alone[next(i for i, text in enumerate(texts) if text is one)])


@pytest.fixture
def twins(tmp_path: Path) -> TrainedNetwork:
    """A reader of two members: the shipped one twice."""
    folder = tmp_path / "reader"
    with as_file(GERMAN.folder() / "reader") as shipped:
        shutil.copytree(shipped, folder)
    settings = json.loads((folder / "reader.json").read_text("utf-8"))
    shutil.copytree(folder / settings["members"][0], folder / "twin")
    settings["members"] = [settings["members"][0], "twin"]
    (folder / "reader.json").write_text(json.dumps(settings), "utf-8")
    return TrainedNetwork(folder)


def test_members_read_texts_together_as_one_by_one(twins: TrainedNetwork) -> None:
    texts = of_lengths(120, 7, 110, 0)
    for one, said in zip(texts, twins.together(texts), strict=True):
        assert_same(said, twins.tokens(one))
        begin, _, rows, _ = network(GERMAN).tokens(one)
        assert np.allclose(said[0], begin, atol=1e-7)
        assert (said[2] == np.concatenate([rows, rows], 1)).all()


def test_what_was_read_before_is_handed_over_once_and_then_read_anew() -> None:
    one, other = of_lengths(30, 20)
    foreseen = Foreseen(network(GERMAN), [one])
    first, again = foreseen.tokens(one), foreseen.tokens(one)
    assert first[2] is not again[2]
    assert_same(first, again)
    assert_same(foreseen.tokens(other), network(GERMAN).tokens(other))
