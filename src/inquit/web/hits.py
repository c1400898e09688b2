"""What was found, as a page shows it: the words with those asked for set apart, and the way to the place."""

from dataclasses import dataclass

from inquit.corpus import quotation_id
from inquit.exports.excerpts import shorten
from inquit.records import SearchHit

SNIPPET = 320
"""Characters of a statement in a list."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A hit; `pieces` are its words in turn found and not. Everything else is as in the record."""

    record: SearchHit

    def __getattr__(self, name: str) -> object:
        return getattr(self.record, name)

    @property
    def statement(self) -> bool:
        """Whether it is a statement and not an article."""
        return self.record.kind == "statement"

    @property
    def query(self) -> str:
        """What leads to the statement in its article."""
        return f"?at={quotation_id(self.record.id)[1]}#found" if self.statement else ""

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The words, and whether they were asked for."""
        hit = self.record
        if len(hit.spans) != 1 or hit.spans[0].end - hit.spans[0].begin != len(hit.snippet) or not hit.matches:
            return [(shorten(hit.snippet, SNIPPET), False)]
        at = begin = hit.spans[0].begin
        found: list[tuple[str, bool]] = []
        for start, end in hit.matches:
            if at <= start < end <= begin + min(len(hit.snippet), SNIPPET):
                found += [
                    (hit.snippet[at - begin : start - begin], False),
                    (hit.snippet[start - begin : end - begin], True),
                ]
                at = end
        return [*found, (shorten(hit.snippet[at - begin :], max(SNIPPET - (at - begin), 2)), False)]
