"""Statements as CSV for spreadsheets: the flat rows of a ledger, in which no cell can act as a formula."""

import csv
import io
import re
from collections.abc import Iterable
from typing import BinaryIO

from inquit.exports.excerpts import visible
from inquit.exports.iris import link
from inquit.exports.rows import Value, rows
from inquit.exports.selection import Selection

COLUMNS: tuple[str, ...] = (
    "id",
    "article",
    "quotation",
    "parent",
    "outlet",
    "published",
    "title",
    "source",
    "source_kind",
    "source_naming",
    "source_id",
    "chain",
    "links",
    "stance",
    "quote",
    "type",
    "medium",
    "speaker",
    "cue",
    "frame",
    "addressee",
    "hedges",
    "disputed_by",
    "disputes",
    "supports",
    "confidence",
    "verdict",
    "verdict_note",
    "begin",
    "end",
    "url",
    "link",
    "origin",
    "why",
)

# A cell that begins so is computed; so is what follows a separator where a spreadsheet splits at another one than
# the comma, as it does in countries that write 1,5. The wide forms of the signs count as well.
_FORMULA = re.compile(r"""((?:^|[,;|])[\s"']*)([=+\-@＝＋－＠])""")
MARK = "'"
"""Stands before what a spreadsheet would take for a formula; it shows the rest as text."""


def to_csv(selections: Iterable[Selection], sink: BinaryIO) -> None:
    """Write a header and a line for each statement: UTF-8 with a byte-order mark, commas, quotation marks as needed."""
    sink.write(b"\xef\xbb\xbf")
    sink.write(_line(COLUMNS))
    for selection in selections:
        for row in _rows(selection):
            sink.write(_line([harmless(row[name]) for name in COLUMNS]))


def harmless(value: Value) -> Value:
    """A cell that no spreadsheet computes, on one line; numbers stay numbers."""
    return _FORMULA.sub(rf"\1{MARK}\2", visible(value)) if isinstance(value, str) else value


def _rows(selection: Selection) -> list[dict[str, Value]]:
    article = selection.ledger.article
    chosen = {q.id for q in selection.statements()}
    against = selection.disputed_by()
    found = []
    for quotation, row in zip(selection.ledger.quotations, rows(selection.ledger), strict=True):
        if quotation.id not in chosen:
            continue
        verdict = selection.verdicts.get(quotation.id)
        row |= {
            "id": f"{article.id}:{quotation.id}",
            "link": link(article, quotation),
            "source_id": selection.sources.get(quotation.id),
            "disputed_by": "; ".join(against.get(quotation.id, ())) or None,
            "verdict": verdict.judgement if verdict else None,
            "verdict_note": verdict.note if verdict else None,
            "why": "; ".join(quotation.why) or None,
        }
        found.append(row)
    return found


def _line(cells: Iterable[Value]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode()
