"""An input that is open: its bytes, and what is known of it from outside of them."""

from dataclasses import dataclass, replace

from inquit.readers.articles import Known
from inquit.readers.limits import Limits
from inquit.readers.streams import PACKED, Stream
from inquit.records import Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An input; `suffix` is that of its name in lower case with the dot, `known` what lies beside it says.

    `found` says that a folder held it and nobody named it.
    """

    origin: str
    stream: Stream
    suffix: str = ""
    known: Known | None = None
    found: bool = False

    def unpacked(self) -> "Opened":
        """The same with what is packed in it; the suffix is that before the one of the packing."""
        return replace(self, stream=self.stream.unpacked())

    def of(self, stream: Stream) -> "Opened":
        """The same with other bytes."""
        return replace(self, stream=stream)

    def whole(self, limits: Limits) -> bytes | Rejected:
        """All bytes, for one document; rejected where they are more than the limit, or where some are missing."""
        data = self.stream.read(limits.max_bytes + 1)
        if len(data) > limits.max_bytes:
            return Rejected(origin=self.origin, reason="too large", detail=f"more than {limits.max_bytes:,} bytes")
        if self.stream.damage is not None:
            reason, detail = self.stream.damage
            return Rejected(origin=self.origin, reason=reason, detail=detail)
        return data


def suffix_of(name: str) -> str:
    """The suffix of a file's name in lower case with its dot; of `a.jsonl.gz` it is `.jsonl`."""
    base = name.lower().replace("\\", "/").rpartition("/")[2]
    stem, dot, last = base.rpartition(".")
    if f".{last}" in PACKED and dot:
        stem, dot, last = stem.rpartition(".")
    return f".{last}" if dot and stem else ""
