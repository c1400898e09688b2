"""The medium of a quotation by its words: a regression over the words of its cue, frame and speaker.

Made by `python -m training.medium` from german-quotes/train. It is mixed with what the network and the rules say, by
shares that `python -m training.fusion` fits.
"""

import json
from collections.abc import Sequence
from copy import copy
from functools import cache
from importlib.resources import as_file
from pathlib import Path

import numpy as np

from inquit.languages import Language
from inquit.quotations.candidates import Floats
from inquit.quotations.drafts import Range
from inquit.records import MEDIA

NEUTRAL = (1.0, 0.0, 0.0)
"""Shares before they are fitted: the network alone."""

FRAME_WORDS = 40
"""Words of a frame that are read at most."""

QUOTE_WORDS = 25
"""Words of a quotation without a cue that are read at most."""

OTHERS = 1.0
"""Quotations for which the usual media count beside the rest of an article. Set by cross-validation over the articles
of german-quotes/train, where 58.2 % of the media are right by their words and 59.2 % with the rest of the article (0.5
to 4 were tried there: 59.2 to 58.7); with the true media of the rest it would be 66.0 %."""

USUAL = "usual"
"""The row of the weights that holds the logarithm of how often each medium is meant; no sign has this name."""

STEM, TAIL = 5, 5
"""Letters of a cue from its begin, and of a speaker from its end, that are read as a word of their own."""


def signs(words: Sequence[str], pieces: Sequence[Range], roles: dict[str, tuple[Range, ...]], kind: int) -> list[str]:
    """Names of what a quotation of type number `kind` shows of its medium, sorted, each once."""
    cue, speaker, frame = (_lower(words, roles[name]) for name in ("cue", "speaker", "frame"))
    first, last = pieces[0]
    found = {"always", f"type {kind}", f"first {words[first].lower()}", f"cues {' '.join(sorted(cue))}"}
    for word in cue:
        found |= {f"cue {word}", f"stem {word[:STEM]}", f"type {kind} cue {word}"}
    for word in speaker:
        found |= {f"speaker {word}", f"tail {word[-TAIL:]}"}
    found |= {f"frame {word}" for word in frame[:FRAME_WORDS]}
    found |= {f"no {name}" for name, given in (("cue", cue), ("speaker", speaker)) if not given}
    if roles["addressee"]:
        found.add("addressee")
    if not cue:
        found |= {f"quote {word}" for word in _lower(words, ((first, min(last, first + QUOTE_WORDS)),))}
    return sorted(found)


def _lower(words: Sequence[str], ranges: Sequence[Range]) -> list[str]:
    return [words[i].lower() for begin, end in ranges for i in range(begin, end)]


class Media:
    """The weights of every sign for every medium, and the shares of network, words and rule in the outcome."""

    def __init__(self, names: Sequence[str], weights: Floats, shares: Sequence[float]) -> None:
        self._row = {name: row for row, name in enumerate(names)}
        self._weights = np.asarray(weights, np.float32).reshape(-1, len(MEDIA))
        self._usual = np.exp(self._weights[self._row[USUAL]])
        self._shares = np.array(shares, np.float32)

    def with_shares(self, shares: Sequence[float]) -> "Media":
        """The same weights with other shares."""
        other = copy(self)
        other._shares = np.array(shares, np.float32)
        return other

    def scores(self, network: Floats, names: Sequence[str], rule: int | None) -> Floats:
        """[3, media] log probabilities of network, signs `names`, and 1 for the medium of a rule that agrees."""
        rows = [self._row[name] for name in names if name in self._row]
        words = self._weights[rows].sum(0)
        ruled = np.arange(len(MEDIA)) == (-1 if rule is None else rule)
        return np.stack([np.log(network + 1e-9), words - np.logaddexp.reduce(words), ruled.astype(np.float32)])

    def mixed(self, network: Floats, names: Sequence[str], rule: int | None) -> Floats:
        """Probabilities of the media, from the three."""
        mixed = self._shares @ self.scores(network, names, rule)
        return np.asarray(np.exp(mixed - np.logaddexp.reduce(mixed)), np.float32)

    def alike(self, chances: Sequence[Floats]) -> list[Floats]:
        """Probabilities of the media of each quotation of an article, as the rest of the article suggests them too.

        An article seldom mixes what was said with what was written, and its reader takes them in one way.
        The network alone, before shares are fitted, stays as it is.
        """
        if len(chances) < 2 or tuple(self._shares) == NEUTRAL:
            return list(chances)
        own = np.stack(chances)
        others = (own.sum(0) - own + OTHERS * self._usual) / (len(own) - 1 + OTHERS)
        both = own * others / self._usual
        return list((both / both.sum(1, keepdims=True)).astype(np.float32))


def load(folder: Path) -> Media:
    """The weights in a folder of the reader."""
    names = (folder / "media.txt").read_text("utf-8").split("\n")[:-1]
    shares = json.loads((folder / "reader.json").read_text("utf-8")).get("media", NEUTRAL)
    return Media(names, np.load(folder / "media.npy", allow_pickle=False), shares)


@cache
def media(language: Language) -> Media:
    """The weights of `language`, loaded on first use and kept."""
    with as_file(language.folder() / "reader") as folder:
        return load(folder)
