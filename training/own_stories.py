"""Story sets written for training, from their annotated texts in `training/stories/` to ledgers and gold.

    python -m training.own_stories OUT

writes each as a set in the form of `stories/dev` (`articles.jsonl`, `ledgers.jsonl`, `gold.json`). In a text

    # story: TITLE
    # claim ID: TEXT | independent N | straight or circular | NAME/NAMING; …
    # link FROM TO HOW
    ## ID | OUTLET | PUBLISHED | CREDIT
    TITLE

    TEXT with {CLAIMS|CHAIN|STANCE|WORDS} …

`CLAIMS` are the ids of the claims that the quotation makes, `-ID` of those that it denies; `CHAIN` is NAME/KIND NAMING
by first letters with `>` between its links; `STANCE` is empty for `assert` (`deny` where it denies), else its letter.
"""

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "stories"
KINDS = {"p": "person", "o": "organization", "g": "group", "d": "document"}
NAMINGS = {"n": "named", "d": "described", "a": "anonymous"}
STANCES = {"": "assert", "a": "assert", "c": "confirm", "d": "deny", "f": "demand", "k": "commit", "z": "doubt"}
_MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)\|([a-z]?)\|")


@dataclass
class Marked:
    """A quotation as it is annotated: where it stands, the claims it makes and denies, its chain and stance."""

    begin: int
    end: int
    makes: tuple[str, ...]
    denies: tuple[str, ...]
    chain: str
    stance: str
    parent: int | None


@dataclass
class Text:
    """An article without its annotations, and these."""

    name: str
    outlet: str
    published: str
    credit: str
    text: str
    marked: list[Marked] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address under which a set names the article."""
        host = re.sub(r"[^a-z0-9]+", "-", self.outlet.casefold().removesuffix(".example")).strip("-")
        return f"https://www.{host}.example/{self.published[:10]}/{self.name}"


def unmarked(source: str) -> tuple[str, list[Marked]]:
    """The text without marks, and the quotations by their places in it, outer before inner."""
    text, at, found, open_ = "", 0, [], list[int]()
    while at < len(source):
        mark = _MARK.match(source, at)
        if mark:
            names = mark[1].split()
            denies = tuple(name[1:] for name in names if name.startswith("-"))
            makes = tuple(name for name in names if not name.startswith("-"))
            stance = "deny" if denies and not mark[3] else STANCES[mark[3]]
            found.append(Marked(len(text), 0, makes, denies, mark[2], stance, open_[-1] if open_ else None))
            open_.append(len(found) - 1)
            at = mark.end()
        elif source[at] == "}":
            found[open_.pop()].end = len(text)
            at += 1
        else:
            text += source[at]
            at += 1
    return text, found


def chain(one: Marked, text: str, outlets: set[str]) -> list[dict[str, Any]]:
    """The links of a chain; the mention is the one nearest to the quote."""
    links = []
    for link in filter(None, one.chain.split(">")):
        name, letters = link.rsplit("/", 1)
        places = [match.start() for match in re.finditer(re.escape(name), text, re.IGNORECASE)] or [0]
        begin = min(places, key=lambda place: abs(place - one.begin))
        kind = "outlet" if name in outlets else KINDS[letters[0]]
        links.append({"mention": [begin, begin + len(name)], "name": name, "kind": kind, "naming": NAMINGS[letters[1]]})
    return links


def ledger(one: Text, outlets: set[str]) -> dict[str, Any]:
    """An article with its quotations, as in `ledgers.jsonl`."""
    quotations = []
    for number, mark in enumerate(one.marked):
        against = [i for i, other in enumerate(one.marked) if set(mark.denies) & set(other.makes)]
        same = [i for i, other in enumerate(one.marked) if i != number and set(mark.makes) & set(other.makes)]
        direct = one.text[mark.begin] in '„«»"'
        quotations.append(
            {
                "id": number,
                "type": "Direct" if direct else "Indirect",
                "medium": "Speech",
                "nested": mark.parent is not None,
                "quote": [[mark.begin, mark.end]],
                **{role: [] for role in ("speaker", "cue", "frame", "addressee", "hedges")},
                "chain": chain(mark, one.text, outlets),
                "stance": mark.stance,
                "disputes": against,
                "supports": same if mark.stance == "confirm" else [],
            }
        )
    return {"article": {"url": one.url, "text": one.text, "furniture": []}, "quotations": quotations}


def read(path: Path) -> tuple[list[Text], list[str]]:
    """The articles of an annotated story, and the lines that say what is true of it."""
    head, *articles = path.read_text("utf-8").split("\n## ")
    texts = []
    for article in articles:
        about, _, body = article.partition("\n")
        name, outlet, published, credit = (value.strip() for value in about.split("|"))
        text, marked = unmarked(body.strip() + "\n")
        texts.append(Text(name, outlet, published, credit, text, marked))
    return texts, head.splitlines()


def gold(texts: list[Text], head: list[str]) -> dict[str, Any]:
    """Links and claims, as in `gold.json`."""
    urls = {one.name: one.url for one in texts}
    links, claims = [], []
    for line in head:
        if line.startswith("# link "):
            derived, original, how = line.split()[2:]
            links.append({"from": urls[derived], "to": urls[original], "how": how})
        if line.startswith("# claim "):
            name, rest = line.removeprefix("# claim ").split(": ", 1)
            text, number, shape, sources = (value.strip() for value in rest.split("|"))
            claims.append(
                {
                    "id": name,
                    "text": text,
                    "statements": statements(texts, name, "makes"),
                    "denied_by": statements(texts, name, "denies"),
                    "primary_sources": [
                        dict(zip(("name", "naming"), one.strip().rsplit("/", 1), strict=True))
                        for one in filter(None, sources.split(";"))
                    ],
                    "independent_sources": int(number.split()[1]),
                    "circular": shape == "circular",
                }
            )
    return {"links": links, "claims": claims}


def statements(texts: list[Text], name: str, what: str) -> list[dict[str, Any]]:
    """The quotations that make or deny a claim."""
    return [
        {"article": one.url, "quotation": number, "quote": [[mark.begin, mark.end]]}
        for one in texts
        for number, mark in enumerate(one.marked)
        if name in getattr(mark, what)
    ]


def write(path: Path, out: Path) -> Path:
    """One annotated story as a set of its own folder below `out`."""
    texts, head = read(path)
    folder = out / path.stem
    folder.mkdir(parents=True, exist_ok=True)
    outlets = {one.outlet for one in texts}
    articles = [
        {"url": one.url, "outlet": one.outlet, "credit": one.credit or None, "published": one.published,
         "title": one.text.split("\n")[0], "language": "de", "text": one.text}
        for one in texts
    ]  # fmt: skip
    for name, rows in (("articles", articles), ("ledgers", [ledger(one, outlets) for one in texts])):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, "utf-8")
    (folder / "gold.json").write_text(json.dumps(gold(texts, head), ensure_ascii=False, indent=1), "utf-8")
    return folder


if __name__ == "__main__":
    for story in sorted(FOLDER.glob("*.txt")):
        print(write(story, Path(sys.argv[1])))
