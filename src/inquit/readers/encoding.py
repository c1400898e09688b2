"""Bytes to characters: UTF-8, marked encodings, and the old encodings of German text.

The old encodings are told apart by what they make of the bytes: German text has umlauts, German quotation marks and
dashes, and no other letters above ASCII to speak of. A general detector knows more encodings but errs on short texts.
"""

import codecs
import re
from dataclasses import dataclass

from inquit.records import Reason

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture or a sound"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
)

_OLD_ENCODINGS = ("cp1252", "mac_roman", "cp850", "iso8859_15")
_EXPECTED = frozenset("äöüßÄÖÜ„“”‚‘’«»‹›–—…·•€§°éèêàáâçñôóíîëïøåÉ©®½²\xa0\xad")
_GERMAN = frozenset("äöüßÄÖÜ")

_SAMPLE = 65_536
"""Bytes that the guess of an old encoding looks at, from the first byte above ASCII on."""

_FEWEST_EXPECTED = 0.75
"""Share of the characters above ASCII that must be usual in German for an old encoding to be taken without asking a
general detector. Set by hand: a wrong one of the four encodings makes unusual characters of every umlaut."""

_CERTAIN = 0.95
"""Share from which on the guess is not reported as uncertain."""

_MOST_CONTROLS = 0.005
"""Share of control characters above which data is binary. Texts with stray form feeds and escapes stay below."""

_MOST_DAMAGE = 0.1
"""Damaged places per intact UTF-8 sequence up to which a text is damaged UTF-8 and not another encoding."""

_CONTROLS = re.compile(r"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_ABOVE_ASCII = re.compile(rb"[\x80-\xff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the encoding that made them, and a line of doubt where it was guessed."""

    text: str
    encoding: str
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Why no text was made of the bytes."""

    reason: Reason
    detail: str


def decode(data: bytes, *, declared: str | None = None) -> Decoded | Undecodable:
    """The text in `data`, without its byte-order mark; `declared` is what the document says of itself."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], name)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            return Undecodable("binary", f"{what}, not a text")
    wide = _wide(data)
    if wide is not None:
        return wide
    if len(_CONTROL_BYTES.findall(data)) > len(data) * _MOST_CONTROLS:
        return Undecodable("binary", "control characters, not a text")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _if_text(_declared(data, declared) or _damaged(data) or _guessed(data))


def binary(text: str) -> bool:
    """Whether `text` holds more control characters than a text does."""
    return len(_CONTROLS.findall(text)) > len(text) * _MOST_CONTROLS


def _if_text(decoded: Decoded | Undecodable) -> Decoded | Undecodable:
    if isinstance(decoded, Decoded) and binary(decoded.text):
        return Undecodable("binary", "control characters, not a text")
    return decoded


def _marked(data: bytes, name: str) -> Decoded | Undecodable:
    try:
        return _if_text(Decoded(data.decode(name), name))
    except UnicodeDecodeError as error:
        text = data.decode(name, "replace")
        if text.count(_REPLACEMENT) > max(1, len(text) // 100):
            return Undecodable("encoding", f"marked as {name}, but byte {error.start} is not {name}")
        return _if_text(Decoded(text, name, f"damaged {name}: unreadable characters were replaced"))


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every other byte of Latin text is zero."""
    sample = data[:4096]
    if len(sample) < 4 or not sample.count(0):
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    name = "utf-16-le" if odd > 0.7 * half and even < 0.1 * half else None
    name = "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else name
    if name is None:
        return None
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return None if binary(text) else Decoded(text, name)


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    """The text in the encoding that the document names, where that is known and fits."""
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower()
    name = "cp1252" if name in {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"} else name
    try:
        text = data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return Decoded(text, name) if isinstance(text, str) else None


def _damaged(data: bytes) -> Decoded | None:
    """UTF-8 with a few damaged places, such as a cut in the middle of a letter."""
    text = data.decode("utf-8", "replace")
    damage = text.count(_REPLACEMENT)
    intact = sum(c > "\x7f" for c in text) - damage
    cut = damage == 1 and text.endswith(_REPLACEMENT)
    if damage <= intact * _MOST_DAMAGE or (cut and intact):
        return Decoded(text, "utf-8", f"damaged UTF-8: {damage} unreadable places were replaced")
    return None


def _guessed(data: bytes) -> Decoded | Undecodable:
    """The old encoding that makes the most usual German characters of the bytes above ASCII."""
    first = _ABOVE_ASCII.search(data)
    sample = data[max(0, first.start() - 1) if first else 0 :][:_SAMPLE]
    scores = {name: _usual(sample, name) for name in _OLD_ENCODINGS}
    best = max(_OLD_ENCODINGS, key=lambda name: scores[name])
    if scores[best] >= _FEWEST_EXPECTED:
        try:
            doubt = None if scores[best] >= _CERTAIN else f"encoding guessed as {best}"
            return Decoded(data.decode(best), best, doubt)
        except UnicodeDecodeError:
            pass
    return _detected(data)


def _usual(sample: bytes, name: str) -> float:
    """Share of the characters above ASCII that German texts have, and a little for umlauts inside words."""
    try:
        text = sample.decode(name, "replace")
    except LookupError:
        return 0.0
    above = [c for c in text if c > "\x7f"]
    if not above:
        return 0.0
    usual = sum(c in _EXPECTED for c in above) / len(above)
    umlauts = sum(c in _GERMAN for c in above) / len(above)
    return usual + umlauts / 100


def _detected(data: bytes) -> Decoded | Undecodable:
    """What a general detector of encodings makes of the bytes."""
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return Undecodable("encoding", "no encoding makes a text of it")
    try:
        return Decoded(data.decode(best.encoding), best.encoding, f"encoding guessed as {best.encoding}")
    except (UnicodeDecodeError, LookupError):
        return Undecodable("encoding", "no encoding makes a text of it")
