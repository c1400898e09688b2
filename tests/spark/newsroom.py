"""A small world of news for the tests of Spark: events that outlets report, copy, cite, deny and change."""

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OUTLETS = ("Deichbote", "Auenkurier", "Hallgauer Blatt", "Nordlicht", "ndk", "Stadtecho")
STEMS = ("Erl", "Tuss", "Mond", "Karg", "Fink", "Salz", "Wild", "Ober", "Hall", "Brom", "Quell", "Dorn")
FORMS = tuple(stem + more for stem in STEMS for more in ("", "au", "ing", "en", "berg"))
THINGS = (
    *("Fährlinie", "Talbrücke", "Klinik", "Weberei", "Sternwarte", "Markthalle", "Rennbahn", "Schleuse", "Mühle"),
    *("Bücherei", "Sparkasse", "Seilbahn", "Brauerei", "Gießerei", "Baumschule", "Turnhalle", "Molkerei", "Feuerwache"),
)
FIRST = ("Ina", "Uwe", "Eva", "Kai", "Mara", "Jost", "Lea", "Nils")
ENDINGS = ("hafen", "bek", "weiler", "stedt", "rode", "lohn")
POSTS = ("Bürgermeisterin", "Landrat", "Sprecherin", "Betriebsrat", "Ministerin", "Baudezernent")

SAID = (
    "„Wir können die {thing} in {place} nicht länger betreiben“, sagte {post} {person} am Montag.",
    "{post} {person} sagte, die {thing} in {place} werde im Herbst geschlossen.",
    "Nach Angaben von {post} {person} fehlen der {thing} {sum} Millionen Euro.",
    "Ein Mitarbeiter der {thing}, der anonym bleiben will, sprach von {sum} Entlassungen.",
    "{person} widersprach: Von einer Schließung der {thing} könne keine Rede sein.",
    "Wie der {outlet} berichtet, soll die {thing} in {place} verkauft werden.",
    "Die {thing} hat im vergangenen Jahr {sum} Besucher aus der Gegend um {place} gezählt.",
    "Für den Umbau der {thing} hatte der Rat von {place} im Frühjahr {sum} Anträge beraten.",
    "Vor dem Rathaus von {place} standen am Abend rund {sum} Menschen mit Kerzen.",
    "Der {outlet} hatte zuvor gemeldet, dass {person} die {thing} verlassen wolle.",
    "Die Gewerkschaft forderte, die {thing} müsse noch {sum} Jahre offen bleiben.",
    "Im Archiv von {place} liegen {sum} Pläne, die zeigen, wie die {thing} einst aussah.",
)
COUNT = 1_000
"""Articles of the archive that is read and compared both ways."""

FOOTER = "Melden Sie sich hier für unseren Rundbrief aus der Region an und lesen Sie jeden Morgen, was wichtig ist."


def records(count: int, seed: int = 7) -> list[dict[str, Any]]:
    """Articles as records of a data file: every event has some, a third of them carry an earlier one's text."""
    chance = random.Random(seed)
    made: list[dict[str, Any]] = []
    while len(made) < count:
        event = _Event(chance)
        told: list[list[str]] = []
        for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
            carried = chance.choice(told)[: chance.randint(3, 6)] if told and chance.random() < 0.4 else []
            sentences = carried + event.sentences(chance.randint(1, 3) if carried else chance.randint(4, 6))
            told.append(sentences)
            made.append(event.article(sentences, len(made)))
    return made[:count]


class _Event:
    """Something that happens in one place to one thing, on one day."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.place, self.thing = chance.choice(FORMS) + chance.choice(ENDINGS), chance.choice(THINGS)
        self.people = [f"{name} {chance.choice(FORMS)}{chance.choice(('mann', 'ke', 'ing'))}" for name in FIRST[:3]]
        self.month, self.day = chance.randint(1, 12), chance.randint(1, 28)

    def sentences(self, count: int) -> list[str]:
        """What an outlet has of its own."""
        return [
            form.format(
                place=self.place,
                thing=self.thing,
                person=self.chance.choice(self.people),
                post=self.chance.choice(POSTS),
                outlet=self.chance.choice(OUTLETS),
                sum=self.chance.randint(2, 99),
            )
            for form in self.chance.sample(SAID, count)
        ]

    def article(self, sentences: list[str], number: int) -> dict[str, Any]:
        """A record; some have no time, some no address, and two outlets print a footer under all they have."""
        chance = self.chance
        outlet = chance.choice(OUTLETS)
        title = f"{self.thing} in {self.place}: {chance.choice(('Streit', 'Abschied', 'Hoffnung', 'Protest'))}"
        text = "\n\n".join([title, *sentences, *([FOOTER] if outlet in OUTLETS[:2] else [])])
        record = {"text": text, "title": title, "outlet": outlet}
        if chance.random() < 0.9:
            record["published"] = f"2025-{self.month:02d}-{self.day:02d}T{chance.randint(0, 23):02d}:00:00+01:00"
        if chance.random() < 0.8:
            record["url"] = f"https://{outlet.replace(' ', '-').lower()}.example/{number - number % 4}"
        return record


def archive(folder: Path, count: int) -> Path:
    """The same in the formats that Spark's users have, with all that is wrong with such archives."""
    folder.mkdir()
    made = records(count)
    parts = [made[at::4] for at in range(4)]
    lines = [json.dumps(record, ensure_ascii=False) for record in parts[0]]
    lines[3:3] = ["", "{kaputt", json.dumps({"text": "This is an English text. " * 20, "outlet": "Nordlicht"})]
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "b.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, parts[1])).encode()))
    _parquet(folder / "c.parquet", parts[2])
    (folder / "d.parquet").write_bytes((folder / "c.parquet").read_bytes()[:-40])
    data = gzip.compress(b"".join(_warc(parts[3])))
    (folder / "e.warc.gz").write_bytes(data[:-60])
    huge = json.dumps({"text": "Die Schleuse bleibt zu. " * 2_100_000})
    (folder / "f.jsonl.gz").write_bytes(gzip.compress(f"{huge}\n{lines[0]}\n".encode(), 1))
    (folder / "g").mkdir()
    (folder / "g" / "1.txt").write_text(parts[0][1]["text"], "utf-8")
    (folder / "g" / "leer.txt").write_text(" \n", "utf-8")
    (folder / "g" / "README.md").write_text("nothing", "utf-8")
    return folder


def _parquet(path: Path, made: list[dict[str, Any]]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.Table.from_pylist(made), path, row_group_size=7)


def _warc(made: list[dict[str, Any]]) -> Iterator[bytes]:
    for number, record in enumerate(made):
        paragraphs = "".join(f"<p>{part}</p>" for part in record["text"].split("\n\n")[1:])
        page = f"<html><head><title>{record['title']}</title></head><body><article><h1>{record['title']}</h1>"
        body = f"{page}{paragraphs}</article></body></html>".encode()
        response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        url = record.get("url") or f"https://seite.example/{number}"
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {len(response)}\r\n\r\n"
        yield head.encode() + response + b"\r\n\r\n"
