"""How sure a quotation is that a rule found, and why it was found."""

from inquit.languages import Language
from inquit.languages.tokens import Tokens
from inquit.quotations.drafts import Draft, words_of

UNCLOSED = 0.5
"""Factor for a quotation whose closing mark is missing.

Set by hand: two such quotations in german-quotes/train are too few to measure. To set it again, drop closing marks from
the gold texts at random and take the ratio of the shares that are right.
"""


def confidence(draft: Draft, language: Language) -> float:
    """Probability that quote, speaker and type are right: the share of its rule in german-quotes/train.

    Made by `python -m training.rule_confidence`, apart for quotations with and without a speaker.
    """
    table = language.table("quotation-confidence")
    shares = table["with_speaker" if draft.frame.speaker else "without_speaker"]
    share: float = shares.get(draft.rule, shares["other"])
    return round(share * UNCLOSED, 3) if draft.unclosed else share


def reasons(draft: Draft, tokens: Tokens, text: str) -> tuple[str, ...]:
    """Why a quotation was found: the rule with its cue, and what lowers its confidence."""
    out = [f"rule: {draft.rule}"]
    if draft.frame.cue:
        out.append(f"cue: {words_of(tokens, text, draft.frame.cue)}")
    elif draft.frame.rule and draft.frame.rule != draft.rule:
        out.append(f"speaker from: {draft.frame.rule}")
    if draft.unclosed:
        out.append("closing quotation mark missing")
    return tuple(out)
