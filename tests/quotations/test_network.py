"""The trained network at run time: word vectors from tables, long texts in parts, several members as one."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from inquit.languages import language
from inquit.languages.tokens import tokenize
from inquit.quotations.features import features, subwords
from inquit.quotations.network import REACH, Words, _parts, network

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
    kept = [i for _, (begin, end) in _parts(n) for i in range(begin, end)]
    assert kept == list(range(n))
    assert all(low <= begin < end <= high for (low, high), (begin, end) in _parts(n))


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
