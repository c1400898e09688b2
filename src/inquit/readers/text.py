"""Plain text to an article: the text of the file unchanged, its furniture marked."""

from inquit.readers.articles import Known, article
from inquit.readers.encoding import Decoded, binary, decode
from inquit.records import Article, Rejected


def read(data: bytes, origin: str, known: Known | None = None) -> Article | Rejected:
    """The article in the bytes of a text file; a byte-order mark is dropped, newlines stay as they are."""
    if not data.strip():
        return Rejected(origin=origin, reason="empty", detail="nothing but white space" if data else "no content")
    decoded = decode(data)
    if not isinstance(decoded, Decoded):
        return Rejected(origin=origin, reason=decoded.reason, detail=decoded.detail)
    return article(decoded.text, origin=origin, known=known, doubt=decoded.doubt)


def read_characters(text: str, origin: str, known: Known | None = None) -> Article | Rejected:
    """The article in a string, unchanged."""
    if any("\ud800" <= c <= "\udfff" for c in text):
        return Rejected(origin=origin, reason="encoding", detail="half of a surrogate pair, which no file can hold")
    if binary(text):
        return Rejected(origin=origin, reason="binary", detail="control characters, not a text")
    return article(text, origin=origin, known=known)
