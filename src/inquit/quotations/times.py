"""Phrases that tell a time and look like a source: "nach Veröffentlichung des Berichts"."""

from inquit.languages import Language
from inquit.languages.tokens import Tokens
from inquit.quotations.decode import Found
from inquit.quotations.lexicon import lexicon


def tells_time(found: Found, tokens: Tokens, language: Language) -> bool:
    """Whether the only cue of a quotation is a preposition before an event, so that nobody is quoted at all.

    The network has seen too few of these phrases to tell them from "nach Darstellung …". A determiner makes the
    difference: "nach einer Veröffentlichung der Bank" names a source and is left alone.
    """
    cue = [at for begin, end in found.roles["cue"] for at in range(begin, end)]
    if len(cue) != 1 or cue[0] + 1 >= len(tokens):
        return False
    group = lexicon(language).group
    preposition, noun = (tokens.words[at].lower() for at in (cue[0], cue[0] + 1))
    return preposition in group("attribution", "temporal") and noun in group("attribution", "events")
