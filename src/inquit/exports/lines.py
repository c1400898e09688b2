"""Ledgers as JSON lines, with what people and a corpus know of them beside the ledger."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from inquit.exports.jsonlines import to_json
from inquit.exports.selection import Selection, as_json


def to_jsonl(selections: Iterable[Selection], sink: BinaryIO) -> None:
    """Write the ledger format, one line an article; a key `corpus` is added where there are verdicts or source ids.

    The statements are all that the ledger of a selection has: leaving some out changes its balance.
    """
    for selection in selections:
        line = to_json(selection.ledger)
        known = _known(selection)
        if known:
            line = line[:-1] + b',"corpus":' + as_json(known) + b"}"
        sink.write(line + b"\n")


def _known(selection: Selection) -> dict[str, Any]:
    numbers = {q.id for q in selection.statements()}
    verdicts = {str(n): verdict for n, verdict in selection.verdicts.items() if n in numbers}
    sources = {str(n): identifier for n, identifier in selection.sources.items() if n in numbers}
    return {name: known for name, known in (("verdicts", verdicts), ("sources", sources)) if known}
