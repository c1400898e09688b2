"""The language of a text, from its function words and its script.

Function words are a third of any running text and hardly any is shared by two languages with the same weight, so that
counting them tells German from its neighbours and needs neither a model nor a library.
"""

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_GERMAN = "de"

_SAMPLE = 6_000
"""Characters of a text that are looked at, in equal parts from its beginning, its middle and its end."""

_FEWEST_WORDS = 12
_FEWEST_SCORED, _LEAD_IF_SO_SHORT = 2.0, 5.0
"""Words below which a text is called another language only where at least so many function words are foreign, and so
many times as many as are German."""

_SHORT = 30
_LEAD, _LEAD_IF_SHORT = 1.25, 2.0
"""How many times the score of German another language must reach, in a text and in one of fewer words than `_SHORT`,
where a foreign title weighs much. Set on 1 211 German articles and 4 696 German sentences of up to 99 words, of which
none may be called foreign, and on the foreign texts of the tests; to set them again run both."""

_LEAST_SCORE = 0.06
"""Share of a text's words (weighted) that must be function words of a language for the language to be named."""

_MOST_OF_ONE, _MOST_OF_ONE_SHARE = 3, 15
"""A word counts at most so often, or a fifteenth of all words, and once in a short text: a word that is repeated is no
language."""

_LETTER_WEIGHT = 0.5
"""What a letter of its own counts, in function words."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'](?=[^\W\d_])[^\W\d_]+)?")

_SCRIPTS = (
    ("CYRILLIC", "ru", "Russian or another language in Cyrillic letters"),
    ("GREEK", "el", "Greek"),
    ("ARABIC", "ar", "Arabic or another language in Arabic letters"),
    ("HEBREW", "he", "Hebrew"),
    ("HIRAGANA", "ja", "Japanese"),
    ("KATAKANA", "ja", "Japanese"),
    ("HANGUL", "ko", "Korean"),
    ("CJK", "zh", "Chinese"),
    ("DEVANAGARI", "hi", "Hindi"),
    ("THAI", "th", "Thai"),
    ("ARMENIAN", "hy", "Armenian"),
    ("GEORGIAN", "ka", "Georgian"),
)
_SCRIPT_SAMPLE = 400
"""Characters, spread over the text, by which its script is known."""


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """Weight of each word for each language that has it; the letters of each language; names."""

    words: Mapping[str, tuple[tuple[str, float], ...]]
    letters: Mapping[str, tuple[tuple[str, float], ...]]
    names: Mapping[str, str]


def detect(text: str) -> str | None:
    """Code of the language of `text` (ISO 639), or `None` where it is too short or too mixed to tell."""
    sample = _sample(text)
    script = _script(sample)
    if script is not None:
        return script
    words = _WORD.findall(unicodedata.normalize("NFC", sample).lower())
    if not words:
        return None
    scores = _scores(words)
    best = max(sorted(scores), key=lambda code: scores[code], default=None)
    if best is None or scores[best] < _LEAST_SCORE * len(words):
        return None
    if best == _GERMAN:
        return best
    german = scores.get(_GERMAN, 0.0)
    if len(words) < _FEWEST_WORDS:
        return best if scores[best] >= max(_FEWEST_SCORED, _LEAD_IF_SO_SHORT * german) else None
    return best if scores[best] > (_LEAD if len(words) >= _SHORT else _LEAD_IF_SHORT) * german else None


def name(code: str) -> str:
    """English name of the language `code`, or the code itself."""
    return _knowledge().names.get(code, code)


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    part = _SAMPLE // 3
    middle = len(text) // 2
    return " ".join((text[:part], text[middle : middle + part], text[-part:]))


def _script(text: str) -> str | None:
    """The language that stands for a script other than Latin, where most letters are of it."""
    letters = [c for c in text[:: max(1, len(text) // _SCRIPT_SAMPLE)] if c.isalpha()]
    if not letters or sum(c < "\u0250" for c in letters) * 2 > len(letters):
        return None
    counts = Counter(unicodedata.name(c, "").partition(" ")[0] for c in letters)
    for script, code, _ in _SCRIPTS:
        # Japanese mixes scripts: some kana among Chinese characters are enough.
        if counts[script] * (8 if code == "ja" else 2) > len(letters):
            return code
    return None


def _scores(words: list[str]) -> dict[str, float]:
    knowledge = _knowledge()
    scores: defaultdict[str, float] = defaultdict(float)
    most = max(_MOST_OF_ONE, len(words) // _MOST_OF_ONE_SHARE) if len(words) >= _FEWEST_WORDS else 1
    for word, counted in Counter(words).items():
        count = min(counted, most)
        for code, weight in knowledge.words.get(word, ()):
            scores[code] += weight * count
        if not word.isascii():
            for letter in set(word):
                for code, weight in knowledge.letters.get(letter, ()):
                    scores[code] += weight * count
    return dict(scores)


@cache
def _knowledge() -> _Knowledge:
    table = tomllib.loads((files("inquit.languages") / "function-words.toml").read_text("utf-8"))
    names = {code: entry["name"] for code, entry in table.items()} | {code: name for _, code, name in _SCRIPTS}
    words = _shared({code: entry["words"].split() for code, entry in table.items()}, 1.0)
    letters = _shared({code: list(entry.get("letters", "")) for code, entry in table.items()}, _LETTER_WEIGHT)
    return _Knowledge(words, letters, names)


def _shared(owned: Mapping[str, list[str]], weight: float) -> dict[str, tuple[tuple[str, float], ...]]:
    """What each item counts for each language that has it: less, the more languages share it."""
    owners: dict[str, list[str]] = {}
    for code, items in owned.items():
        for item in dict.fromkeys(items):
            owners.setdefault(item, []).append(code)
    return {item: tuple((code, weight / len(codes)) for code in codes) for item, codes in owners.items()}
