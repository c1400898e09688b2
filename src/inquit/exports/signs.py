"""The signs that a screen can show: drawn lines where the encoding has them, ASCII where it has not."""

import unicodedata
from dataclasses import dataclass

from inquit.exports.excerpts import visible

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("„“”«»‟", '"'),
        **dict.fromkeys("‚‘’‹›‛", "'"),
        **dict.fromkeys("–—‐‑−", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f", " "),
        "…": "...",
        "€": "EUR",
        "ß": "ss",
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "\ufffd": "?",
    }
)
# Characters without width: they can hide text or join what does not belong together on a screen.
_WIDTHLESS = dict.fromkeys(map(ord, "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of one screen; `encoding` is what it understands."""

    encoding: str
    named: str
    unnamed: str
    branch: str
    last: str
    trunk: str
    solid: str
    broken: str
    cross: str
    dot: str
    doubt: str

    def shown(self, text: str) -> str:
        """`text` with every character that this screen can show, and the nearest one for the others."""
        clean = unicodedata.normalize("NFC", visible(text)).translate(_WIDTHLESS)
        try:
            clean.encode(self.encoding)
        except UnicodeEncodeError:
            return "".join(self._nearest(character) for character in clean)
        return clean

    def _nearest(self, character: str) -> str:
        for candidate in (character, character.translate(_PLAIN), unicodedata.normalize("NFKD", character)[0]):
            try:
                candidate.encode(self.encoding)
            except UnicodeEncodeError:
                continue
            return candidate
        return "?"


def signs(encoding: str) -> Signs:
    """The signs for an encoding; an unknown one is taken for ASCII."""
    drawn = Signs(encoding, "●", "○", "├─", "└─", "│ ", "━", "╍", "✕", "·", "?")
    try:
        "●○├└│─━╍✕·“”…".encode(encoding)
    except UnicodeEncodeError:
        return Signs(encoding, "*", "o", "|-", "`-", "| ", "=", "-", "x", "-", "?")
    except LookupError:
        return signs("ascii")
    return drawn
