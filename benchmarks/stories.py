"""Links, stories and claims of a story set, as files for the scorer.

    python -m benchmarks.stories SET STORIES.jsonl CLAIMS.jsonl [--gold]

SET is a folder with `articles.jsonl`; with `--gold` its `ledgers.jsonl` are used instead of reading the articles.
"""

import json
import sys
from pathlib import Path
from typing import Any

from inquit.records import Article, Ledger, Quotation, Source, Span, Summary


def spans(raw: Any) -> tuple[Span, ...]:
    """Pairs of numbers as spans."""
    return tuple(Span(*span) for span in raw)


def article(raw: dict[str, Any], furniture: tuple[Span, ...] = ()) -> Article:
    """One line of `articles.jsonl`, named by its URL."""
    credit = raw.get("credit")
    return Article(
        id=raw["url"],
        origin=raw["url"],
        url=raw["url"],
        text=raw["text"],
        language=raw.get("language"),
        title=raw.get("title"),
        outlet=raw.get("outlet"),
        credits=(credit,) if credit else (),
        published=raw.get("published"),
        furniture=furniture,
    )


def gold_ledger(item: Article, raw: dict[str, Any]) -> Ledger:
    """A gold ledger as a record, without its balance."""
    return Ledger(article=item, quotations=tuple(quotation(q, raw) for q in raw["quotations"]), summary=EMPTY)


EMPTY = Summary(statements=0, primary_sources=(), unnamed_share=0.0, relayed_share=0.0, unsourced_share=0.0)


def quotation(raw: dict[str, Any], ledger: dict[str, Any]) -> Quotation:
    """A gold quotation as a record."""
    chain = tuple(
        Source(mention=Span(*s["mention"]), **{k: s[k] for k in ("name", "kind", "naming")}) for s in raw["chain"]
    )
    return Quotation(
        id=raw["id"],
        type=raw["type"],
        medium=raw["medium"],
        parent=parent(raw, ledger),
        chain=chain,
        stance=raw["stance"],
        disputes=tuple(raw["disputes"]),
        supports=tuple(raw["supports"]),
        confidence=1.0,
        quote=spans(raw["quote"]),
        speaker=spans(raw["speaker"]),
        cue=spans(raw["cue"]),
        frame=spans(raw["frame"]),
        addressee=spans(raw["addressee"]),
        hedges=spans(raw["hedges"]),
    )


def parent(raw: dict[str, Any], ledger: dict[str, Any]) -> int | None:
    """The smallest other quotation around this one, where the gold data says that there is one."""
    if not raw["nested"]:
        return None
    begin, end = raw["quote"][0][0], raw["quote"][-1][1]
    around = [
        (other["quote"][-1][1] - other["quote"][0][0], -other["id"])
        for other in ledger["quotations"]
        if other["id"] != raw["id"]
        and other["quote"][0][0] <= begin
        and other["quote"][-1][1] >= end
        and (other["quote"] != raw["quote"] or other["id"] < raw["id"])
    ]
    return -min(around)[1] if around else None


def read_set(folder: Path, *, gold: bool) -> list[Ledger]:
    """The ledgers of a story set, the gold ones or those that Inquit reads."""
    lines = [json.loads(line) for line in (folder / "articles.jsonl").open(encoding="utf-8")]
    if not gold:
        from inquit.ledger import read_article

        return [read_article(article(line)) for line in lines]
    ledgers = [json.loads(line) for line in (folder / "ledgers.jsonl").open(encoding="utf-8")]
    by_url = {raw["article"]["url"]: raw for raw in ledgers}
    items = [article(line, spans(by_url[line["url"]]["article"].get("furniture", ()))) for line in lines]
    return [gold_ledger(item, by_url[item.id]) for item in items]


def main(arguments: list[str]) -> None:
    """Write the stories and claims of one set."""
    gold = "--gold" in arguments
    folder, stories_path, claims_path = (Path(argument) for argument in arguments if argument != "--gold")
    from inquit import stories

    found = stories.find_stories(read_set(folder, gold=gold))
    with stories_path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(stories.story_row(one.story), ensure_ascii=False) + "\n" for one in found)
    with claims_path.open("w", encoding="utf-8") as out:
        out.writelines(
            json.dumps(stories.claim_row(claim), ensure_ascii=False) + "\n" for one in found for claim in one.claims
        )


if __name__ == "__main__":
    main(sys.argv[1:])
