"""Tokens to the numbers that the network reads: word forms, subwords, casing, quotation marks and position.

House styles are made equal here and not learned: ß is ss, digits are 0, and every pair of quotation marks is the
same pair, whichever marks the outlet uses.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from inquit.languages.tokens import Tokens

Ints = npt.NDArray[np.int32]

BUCKETS = 1 << 16
"""Rows of the subword table; 95 % of the subwords of the training texts share a row with no frequent other one."""

MARKS = frozenset("„“”\"»«›‹‚‘'") | {",,", "``", "''"}
_ONLY_OPENS = frozenset({"„", "‚", ",,", "``"})
_BEFORE_OPENING = MARKS | frozenset("([–-/…")
_AFTER_CLOSING = MARKS | frozenset(".,:;!?)]–-/…")
_DIGIT = re.compile(r"\d")
OPEN, CLOSE = "<open>", "<close>"
LONGEST = 24
"""Letters of a word that are read: the beginning and the end of longer ones."""

MARKED_LENGTHS = (1, 2, 4, 8, 16, 40)
"""Upper bounds, in tokens, of the length classes of a marked passage; names and scare quotes are short."""

MARKED = 2 + MARKED_LENGTHS.index(8)
"""Class of `inside` from which an article counts as one that prints quotation marks around what was said."""

PIECES = (3, 4, 5)
"""Letters of the subwords of a form."""

CRC = np.array([(~crc32(bytes([n ^ 0xFF])) & 0xFFFFFFFF) ^ 0x00FFFFFF for n in range(256)], np.uint32)
"""What the checksum of `zlib` does with each byte."""

KEPT_WORDS = 1 << 15
"""Words whose form and casing are kept between articles (about 5 MB)."""

CASINGS = 6
NO_LETTERS = 5
"""Casing of a token without letters or digits: punctuation cannot be all that somebody said."""

PLACES = 16
INSIDES = 2 + len(MARKED_LENGTHS) * 2


@dataclass(frozen=True, slots=True)
class Features:
    """What the network reads of each token; `forms` are normalised words, the rest are class numbers.

    `partner` is, for an opening or closing quotation mark, the token that closes or opens it, else -1.
    """

    forms: list[str]
    casing: Ints
    inside: Ints
    place: Ints
    partner: Ints


def features(tokens: Tokens) -> Features:
    """Features of every token of one text.

    `place` is a sum of 1 sentence begins, 2 paragraph begins, 4 sentence ends, 8 the article uses quotation marks.
    """
    n = len(tokens)
    place = np.zeros(n, np.int32)
    for first, last in tokens.sentences:
        place[first] |= 1
        place[last - 1] |= 4
    for first, _ in tokens.paragraphs:
        place[first] |= 2
    directions = mark_directions(tokens)
    forms = [
        (OPEN if direction > 0 else CLOSE) if direction else normal_form(word)
        for word, direction in zip(tokens.words, directions, strict=True)
    ]
    casing = np.fromiter(map(_casing, tokens.words), np.int32, n)
    inside, partner = _inside(tokens, directions)
    if (inside >= MARKED).any():
        place |= 8
    return Features(forms, casing, inside, place, partner)


def cut(tokens: Tokens, features: Features, low: int, high: int) -> tuple[Tokens, Features]:
    """Tokens `[low, high)` as a text of their own; a quotation mark whose partner lies outside loses it."""
    sentences, paragraphs = (
        [(max(first, low) - low, min(last, high) - low) for first, last in ranges if last > low and first < high]
        for ranges in (tokens.sentences, tokens.paragraphs)
    )
    words, begins, ends = tokens.words[low:high], tokens.begins[low:high], tokens.ends[low:high]
    partner = features.partner[low:high]
    partner = np.where((partner >= low) & (partner < high), partner - low, -1).astype(np.int32)
    casing, inside, place = features.casing[low:high], features.inside[low:high], features.place[low:high]
    return (
        Tokens(words, begins, ends, sentences, paragraphs),
        Features(features.forms[low:high], casing, inside, place, partner),
    )


@lru_cache(KEPT_WORDS)
def normal_form(word: str) -> str:
    """Form under which a word is looked up: ss for ß, 0 for every digit, lower case, soft hyphens dropped."""
    form = word.lower()
    if not form.isascii():
        form = form.replace("ß", "ss").replace("\u00ad", "").replace("’", "'")
    if not form.isalpha():
        form = _DIGIT.sub("0", form)
    return form if len(form) <= LONGEST else form[: LONGEST // 2] + form[-LONGEST // 2 :]


def subwords(form: str) -> list[int]:
    """Rows in the subword table of the 3 to 5 letter pieces of a form, its edges marked."""
    if form in (OPEN, CLOSE):
        return [crc32(form.encode()) % BUCKETS]
    padded = f"<{form}>"
    n = len(padded)
    if padded.isascii():
        letters = padded.encode()
        return [crc32(letters[i : i + size]) % BUCKETS for size in PIECES for i in range(max(1, n - size + 1))]
    padded = padded.encode("utf-8", "replace").decode("utf-8")
    return [crc32(padded[i : i + size].encode()) % BUCKETS for size in PIECES for i in range(max(1, n - size + 1))]


def subwords_of(forms: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(The rows of all forms, one form after the other, and how many each of them has), as `subwords` gives them.

    Those of plain letters are computed side by side, which takes a fifth of the time.
    """
    plain = [form.isascii() and len(form) >= PIECES[0] and form not in (OPEN, CLOSE) for form in forms]
    letters = "".join([f"<{form}>" for form, is_plain in zip(forms, plain, strict=True) if is_plain])
    others = [() if is_plain else subwords(form) for form, is_plain in zip(forms, plain, strict=True)]
    tables = [one.astype(np.int64) for one in _checksums(np.frombuffer(letters.encode(), np.uint8))]
    tables.append(np.array([i for rows in others for i in rows], np.int64))
    bases = np.cumsum([0, *(len(table) for table in tables)])
    sizes = np.array([len(form) + 2 if is_plain else 0 for form, is_plain in zip(forms, plain, strict=True)], np.int64)
    begins = np.cumsum(sizes) - sizes
    listed = np.array([len(rows) for rows in others], np.int64)
    # Of each form its runs in the tables: the pieces of three, four and five letters, or those listed.
    firsts = np.stack([*(base + begins for base in bases[:3]), bases[3] + np.cumsum(listed) - listed], 1)
    lengths = np.stack([*((sizes - size + 1) * (sizes > 0) for size in PIECES), listed], 1)
    runs = lengths.ravel()
    places = np.repeat(firsts.ravel() - (np.cumsum(runs) - runs), runs) + np.arange(runs.sum())
    return np.concatenate(tables)[places], lengths.sum(1)


def _checksums(letters: npt.NDArray[np.uint8]) -> list[npt.NDArray[np.uint32]]:
    """Rows of all runs of three, four and five of these bytes, by the place of their first."""
    rows = []
    state = np.full(len(letters), 0xFFFFFFFF, np.uint32)
    for size in range(1, PIECES[-1] + 1):
        here = letters[size - 1 :]
        state = state[: len(here)]
        state = CRC[(state ^ here) & 0xFF] ^ (state >> 8)
        if size in PIECES:
            rows.append(~state % BUCKETS)
    return rows


def mark_directions(tokens: Tokens) -> list[int]:
    """For every token 1 if it opens a passage in quotation marks, -1 if it closes one, 0 if it is none."""
    directions = [0] * len(tokens)
    begins, ends, words = tokens.begins, tokens.ends, tokens.words
    for first, last in tokens.paragraphs:
        open_marks: list[str] = []
        for i in range(first, last):
            word = words[i]
            if word not in MARKS:
                continue
            blank_before = i == first or begins[i] > ends[i - 1] or words[i - 1] in _BEFORE_OPENING
            blank_after = i + 1 >= last or begins[i + 1] > ends[i] or words[i + 1] in _AFTER_CLOSING
            if word in _ONLY_OPENS or (blank_before and not blank_after):
                opens = True
            elif blank_after and not blank_before:
                opens = False
            else:
                opens = not open_marks
            if word in "'’" and not opens and "'" not in open_marks and "‚" not in open_marks:
                continue
            directions[i] = 1 if opens else -1
            if opens:
                open_marks.append(word)
            elif open_marks:
                open_marks.pop()
    return directions


def _inside(tokens: Tokens, directions: list[int]) -> tuple[Ints, Ints]:
    """Class of the marked passage around every token (none, unclosed, or its length and whether it is nested)."""
    inside = np.zeros(len(tokens), np.int32)
    partner = np.full(len(tokens), -1, np.int32)
    for first, last in tokens.paragraphs:
        stack: list[int] = []
        pairs: list[tuple[int, int, int]] = []
        for i in range(first, last):
            if directions[i] > 0:
                stack.append(i)
            elif directions[i] < 0 and stack:
                begin = stack.pop()
                pairs.append((len(stack), begin, i))
        for depth, begin, end in sorted(pairs):
            size = sum(end - begin - 1 > bound for bound in MARKED_LENGTHS[:-1])
            partner[begin], partner[end] = end, begin
            inside[begin : end + 1] = 2 + size + (len(MARKED_LENGTHS) if depth else 0)
        for begin in stack:
            if not inside[begin]:
                inside[begin] = 1
    return inside, partner


@lru_cache(KEPT_WORDS)
def _casing(word: str) -> int:
    """0 lower case, 1 capitalised, 2 upper case, 3 mixed, 4 with digits, 5 no letters."""
    if word.islower():
        return 0
    if word[:1].isupper():
        rest = word[1:]
        if rest.islower():
            return 1
        return 2 if word.isupper() else 3
    if any(map(str.isdigit, word)):
        return 4
    return 3 if word.isalpha() else 5
