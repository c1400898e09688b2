"""What is exported: ledgers, with the statements chosen of each and what people and a corpus know of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from inquit.exports.jsonlines import encodable
from inquit.exports.wording import disputed_by
from inquit.records import Ledger, Quotation, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A ledger, and which of its statements are exported.

    `chosen` are quotation ids, `None` stands for all. `verdicts` are those of people, `sources` the ids which primary
    sources have in a corpus, both by quotation id.
    """

    ledger: Ledger
    chosen: frozenset[int] | None = None
    verdicts: Mapping[int, Verdict] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)

    def statements(self) -> list[Quotation]:
        """The statements that are exported, in the ledger's order."""
        return [q for q in self.ledger.quotations if self.chosen is None or q.id in self.chosen]

    def held(self) -> list[Quotation]:
        """The same without those that a person calls wrong, for formats that say what is so."""
        return [q for q in self.statements() if not self.is_wrong(q.id)]

    def is_wrong(self, number: int) -> bool:
        """Whether a person says that this is no such statement."""
        verdict = self.verdicts.get(number)
        return verdict is not None and verdict.judgement == "wrong"

    def disputed_by(self) -> dict[int, list[str]]:
        """The names of those who dispute a statement, by its id; they need not be among the statements exported."""
        standing = tuple(q for q in self.ledger.quotations if not self.is_wrong(q.id))
        return {number: list(names) for number, names in disputed_by(replace(self.ledger, quotations=standing)).items()}


def as_json(value: Any) -> bytes:
    """A record or plain values as JSON; for half a surrogate pair, which UTF-8 cannot carry, stands a replacement."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(encodable(msgspec.to_builtins(value)))
