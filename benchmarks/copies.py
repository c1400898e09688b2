"""Planted copies among many articles: how many are found, how many of those found are right, at what cost.

    python -m benchmarks.copies TEXT_DE [--size 100000] [--methods inquit,datasketch,rensa]

TEXT_DE is the folder of plain German texts. Articles are made of its sentences: one in five stands in several
articles, as a quotation that everyone carries does, the others are two halves put together, so that there are enough
of them. A fifth of the articles are edited copies of known ancestry.
Each method runs in a process of its own, so that its memory is its own. Prints one JSON object a method.
"""

import argparse
import calendar
import json
import lzma
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inquit.records import Article
from inquit.stories import find_reuse, sketch_all

SEED = 20250303
STRENGTHS = (1, 2, 3, 4, 5)
GRADES = {1: "light", 2: "light", 3: "medium", 4: "heavy", 5: "heavy"}
CUT = {1: 0.0, 2: 0.1, 3: 0.35, 4: 0.5, 5: 0.6}
"""Share of the sentences that an outlet cuts."""
ADDED = {1: 0.0, 2: 0.1, 3: 0.15, 4: 0.2, 5: 0.3}
"""Share of sentences of its own that it adds, of those of the original."""
REWORDED = {1: 0.0, 2: 0.01, 3: 0.03, 4: 0.05, 5: 0.08}
"""Share of the words that it replaces or drops."""
COPIES = 0.2
WHOLE_SENTENCES = 0.2
"""Share of sentences that stand in several articles as they are."""
OUTLETS = 300
AGENCIES = ("ndk", "wod", "helv", "asd")
PERMUTATIONS, THRESHOLD = 128, 0.2
"""MinHash signature and Jaccard threshold given to the two libraries; no other setting of theirs was tried."""
SHINGLE = 5

Pair = tuple[int, int]


@dataclass(frozen=True)
class Corpus:
    """Articles, and for each copy its ancestor and strength; `family` is the same for all that share a text."""

    articles: list[Article]
    ancestor: dict[int, int]
    strength: dict[int, int]
    family: list[int]


@dataclass(frozen=True)
class Materials:
    """What articles are made of: chance, sentences, names of outlets, and the standing text of each."""

    chance: random.Random
    pool: list[str]
    names: list[str]
    imprint: dict[str, str]

    def sentence(self) -> str:
        """One in five as it stands in the texts, so that several articles have it; else two halves put together."""
        if self.chance.random() < WHOLE_SENTENCES:
            return self.chance.choice(self.pool)
        first, second = (self.chance.choice(self.pool).split() for _ in range(2))
        return " ".join([*first[: len(first) // 2], *second[len(second) // 2 :]])

    def some(self, count: int) -> list[str]:
        """Several sentences."""
        return [self.sentence() for _ in range(count)]


def sentences(folder: Path) -> list[str]:
    """Distinct sentences of 8 to 45 words of the folder's texts."""
    found: dict[str, None] = {}
    with lzma.open(folder / "bundestag.txt.xz", "rt", encoding="utf-8") as lines:
        texts = list(lines)
    with lzma.open(folder / "derstandard.jsonl.xz", "rt", encoding="utf-8") as lines:
        texts += [json.loads(line)["text"] for line in lines]
    for text in texts:
        for sentence in re.split(r"(?<=[.!?])\s+", text.strip()):
            if 8 <= sentence.count(" ") + 1 <= 45:
                found[sentence] = None
    return list(found)


def corpus(folder: Path, size: int) -> Corpus:
    """`size` articles in a random order, a fifth of them copies."""
    chance = random.Random(SEED)
    pool = sentences(folder)
    names = [f"Blatt {i}" for i in range(OUTLETS)]
    imprint = {name: " ".join(chance.sample(pool, 2)) for name in names}
    made_of = Materials(chance, pool, names, imprint)
    originals = size - int(size * COPIES)
    articles = [original(i, made_of) for i in range(originals)]
    ancestor, strength, family = {}, {}, list(range(originals))
    for i in range(originals, size):
        ancestor[i] = chance.randrange(i if chance.random() < 0.1 else originals)
        strength[i] = STRENGTHS[i % len(STRENGTHS)]
        articles.append(edited(i, articles[ancestor[i]], strength[i], made_of))
        family.append(family[ancestor[i]])
    return shuffled(Corpus(articles, ancestor, strength, family), chance)


def original(i: int, made_of: Materials) -> Article:
    """An article of 8 to 22 sentences; one in three ends with the standing text of its outlet."""
    chance, pool, names, imprint = made_of.chance, made_of.pool, made_of.names, made_of.imprint
    outlet = chance.choice(AGENCIES) if chance.random() < 0.3 else chance.choice(names)
    parts = paragraphs(made_of.some(chance.randint(8, 22)), chance)
    if outlet in imprint and chance.random() < 1 / 3:
        parts.append(imprint[outlet])
    text = "\n\n".join([" ".join(chance.choice(pool).split()[:7]), *parts])
    return Article(id=f"{i:06d}", origin="", text=text, outlet=outlet, published=moment(chance.randrange(86_400 * 300)))


def edited(i: int, source: Article, strength: int, made_of: Materials) -> Article:
    """A copy with the edits that outlets make, as many as its strength."""
    chance, pool, names = made_of.chance, made_of.pool, made_of.names
    body = re.split(r"(?<=[.!?])\s+", source.text.split("\n\n", 1)[1])
    kept = [sentence for sentence in body if chance.random() >= CUT[strength]] or body[:1]
    kept = [reworded(sentence, REWORDED[strength], chance, pool) for sentence in kept]
    for _ in range(round(ADDED[strength] * len(body))):
        kept.insert(chance.randrange(len(kept) + 1), made_of.sentence())
    if strength >= 2:
        kept[0] = made_of.sentence()
    parts = paragraphs(kept, chance)
    if strength == max(STRENGTHS):
        chance.shuffle(parts)
    credit = chance.random() < 0.6
    line = f"({source.outlet}) " if credit else ""
    text = "\n\n".join([" ".join(chance.choice(pool).split()[:6]), line + parts[0], *parts[1:]])
    if chance.random() < 0.5:
        text = text.replace("ß", "ss").replace('"', "»").replace("„", "»").replace("“", "«")
    if strength >= 2:
        text += "\n\nMehr zum Thema: " + " ".join(chance.choice(pool).split()[:12])
    published = shifted(source.published, chance.randint(60, 40_000)) if chance.random() > 0.05 else None
    credits_ = (source.outlet,) if credit and source.outlet else ()
    return Article(
        id=f"{i:06d}", origin="", text=text, outlet=chance.choice(names), credits=credits_, published=published
    )


def reworded(sentence: str, share: float, chance: random.Random, pool: list[str]) -> str:
    """A sentence with some words dropped or replaced."""
    words = []
    for word in sentence.split():
        if chance.random() >= share:
            words.append(word)
        elif chance.random() < 0.5:
            words.append(chance.choice(chance.choice(pool).split()))
    return " ".join(words)


def paragraphs(found: list[str], chance: random.Random) -> list[str]:
    """Sentences in paragraphs of one to four."""
    parts, at = [], 0
    while at < len(found):
        step = chance.randint(1, 4)
        parts.append(" ".join(found[at : at + step]))
        at += step
    return parts


def moment(second: int) -> str:
    """A point in time in 2025 as an outlet gives it."""
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(1_735_689_600 + second))


def shifted(published: str | None, seconds: int) -> str | None:
    """A point in time, some seconds later."""
    if published is None:
        return None
    then = time.strptime(published[:19], "%Y-%m-%dT%H:%M:%S")
    return moment(calendar.timegm(then) - 1_735_689_600 + seconds)


def shuffled(made: Corpus, chance: random.Random) -> Corpus:
    """The same articles in a random order."""
    order = list(range(len(made.articles)))
    chance.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    return Corpus(
        [made.articles[old] for old in order],
        {place[copy]: place[source] for copy, source in made.ancestor.items()},
        {place[copy]: value for copy, value in made.strength.items()},
        [made.family[old] for old in order],
    )


def with_inquit(made: Corpus) -> tuple[set[Pair], set[Pair]]:
    """Pairs that Inquit finds, and the same as (derived, original)."""
    places = {article.id: i for i, article in enumerate(made.articles)}
    found = find_reuse(made.articles, sketch_all(made.articles))
    directed = {(places[reuse.derived.id], places[reuse.original.id]) for reuse in found}
    return {(min(pair), max(pair)) for pair in directed}, directed


def shingle_words(text: str) -> list[str]:
    """The runs of words that the two libraries are given."""
    words = re.findall(r"\w+", text.casefold().replace("ß", "ss"))
    return [" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]


def with_datasketch(made: Corpus) -> tuple[set[Pair], set[Pair]]:
    """Pairs of `MinHashLSH`, as it finds them; `MinHash.generator` is its quickest way to many signatures."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    found = set()
    texts = ([one.encode() for one in shingle_words(article.text)] for article in made.articles)
    for i, signature in enumerate(MinHash.generator(texts, num_perm=PERMUTATIONS)):
        found |= {(int(other), i) for other in index.query(signature)}
        index.insert(str(i), signature)
    return found, set()


def with_rensa(made: Corpus) -> tuple[set[Pair], set[Pair]]:
    """Pairs of `RMinHashLSH` whose signatures agree by the threshold."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(THRESHOLD, PERMUTATIONS, 64)
    signatures: list[Any] = []
    found: set[Pair] = set()
    for i, article in enumerate(made.articles):
        signature = RMinHash(PERMUTATIONS, 42)
        signature.update(shingle_words(article.text))
        near = [other for other in index.query(signature) if signature.jaccard(signatures[other]) >= THRESHOLD]
        found |= {(other, i) for other in near}
        index.insert(i, signature)
        signatures.append(signature)
    return found, set()


METHODS: dict[str, Callable[[Corpus], tuple[set[Pair], set[Pair]]]] = {
    "inquit": with_inquit,
    "datasketch": with_datasketch,
    "rensa": with_rensa,
}


def report(
    name: str, made: Corpus, seconds: tuple[float, float], found: set[Pair], directed: set[Pair]
) -> dict[str, object]:
    """The figures of one method."""
    truth = {(min(pair), max(pair)): made.strength[pair[0]] for pair in made.ancestor.items()}
    right = [pair for pair in found if made.family[pair[0]] == made.family[pair[1]]]
    out: dict[str, object] = {"method": name, "articles": len(made.articles)}
    out["seconds"], out["processor_seconds"] = round(seconds[0], 1), round(seconds[1], 1)
    out["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    out["pairs"], out["precision"] = len(found), share(len(right), len(found))
    for grade in dict.fromkeys(GRADES.values()):
        planted = [pair for pair, strength in truth.items() if GRADES[strength] == grade]
        out[f"recall_{grade}"] = share(sum(pair in found for pair in planted), len(planted))
    planted_found = [
        (copy, source) for copy, source in made.ancestor.items() if (min(copy, source), max(copy, source)) in found
    ]
    if directed:
        out["direction"] = share(sum(pair in directed for pair in planted_found), len(planted_found))
    return out


def share(part: int, whole: int) -> float:
    """Percent, one decimal."""
    return round(100 * part / whole, 1) if whole else 0.0


def main(arguments: Iterable[str]) -> None:
    """Run one method here, or each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--methods", default=",".join(METHODS))
    parser.add_argument("--here", action="store_true", help="run in this process")
    options = parser.parse_args(list(arguments))
    for name in options.methods.split(","):
        if not options.here:
            command = [sys.executable, "-m", "benchmarks.copies", str(options.folder), "--here", "--methods", name]
            subprocess.run([*command, "--size", str(options.size)], check=True)
            continue
        made = corpus(options.folder, options.size)
        begin, worked = time.perf_counter(), time.process_time()
        found, directed = METHODS[name](made)
        seconds = time.perf_counter() - begin, time.process_time() - worked
        print(json.dumps(report(name, made, seconds, found, directed)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
