"""Plain German text for pretraining, as streams of tokens."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path

from inquit.languages import language
from inquit.languages.tokens import tokenize
from inquit.quotations.features import Features, features

SOURCES = (
    "text-de/bundestag.txt.xz",
    "text-de/derstandard.jsonl.xz",
    "redewiedergabe/main.tsv.xz",
    "german-quotes/train.jsonl",
    "derstandard-quotes/train.jsonl",
    "inquit-articles/train.jsonl",
)
REPEATS = {"bundestag": 1, "redewiedergabe": 1}
"""How often a source is read in one pass; news text is read `NEWS_REPEATS` times."""
NEWS_REPEATS = 3


def streams(data: Path) -> Iterator[tuple[int, Features]]:
    """(repeats, features) of every text of the pretraining sources."""
    german = language("de")
    for source in SOURCES:
        repeats = REPEATS.get(source.split("/")[-1].split(".")[0], REPEATS.get(source.split("/")[0], NEWS_REPEATS))
        for text in _texts(data / source):
            tokens = tokenize(text, german)
            if len(tokens):
                yield repeats, features(tokens)


def _texts(path: Path) -> Iterator[str]:
    if path.name == "main.tsv.xz":
        yield from _column(path)
        return
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        if path.name.startswith("bundestag"):
            block: list[str] = []
            for line in lines:
                block.append(line)
                if len(block) == 40:
                    yield "".join(block)
                    block = []
            yield "".join(block)
            return
        for line in lines:
            record = json.loads(line)
            yield record.get("text") or record.get("originalText") or record["article"]["text"]


def _column(path: Path) -> Iterator[str]:
    """Texts of the column `tok`, put together with blanks."""
    words: list[str] = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            if line.startswith("# file"):
                if words:
                    yield "".join(words).strip()
                words = []
            else:
                word = line.split("\t", 1)[0]
                glue = word in {",", ".", ";", ":", "!", "?", "«", "“"}
                words.append(word if glue else " " + word)
    yield "".join(words).strip()
