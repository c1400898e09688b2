"""The forms of furniture of one language, compiled from its table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from inquit.languages import Language

_LONGEST_CREDIT = 60
"""Characters of a picture credit after its colon."""


@dataclass(frozen=True, slots=True)
class Forms:
    """Patterns of `furniture.toml`; those for whole lines are used with `fullmatch`."""

    separators: re.Pattern[str]
    dates: re.Pattern[str]
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    leading_date: re.Pattern[str]
    changed: re.Pattern[str]
    button: re.Pattern[str]
    button_alone: re.Pattern[str]
    section: re.Pattern[str]
    section_link: re.Pattern[str]
    credit: re.Pattern[str]
    credit_alone: re.Pattern[str]
    caption: re.Pattern[str]
    teaser: re.Pattern[str]
    teaser_below: re.Pattern[str]
    teaser_heading: re.Pattern[str]
    box: re.Pattern[str]
    line: re.Pattern[str]
    signoff: re.Pattern[str]


@cache
def forms(language: Language) -> Forms:
    """The forms of `language`."""
    table = language.table("furniture")
    facts, buttons, captions = table["facts"], table["buttons"], table["captions"]
    teasers, boxes = table["teasers"], table["boxes"]
    dates = _any(facts["dates"])
    return Forms(
        separators=_compiled(facts["separators"]),
        dates=_compiled(dates),
        strong=_compiled(_any(facts["strong"])),
        weak=_compiled(_any(facts["weak"])),
        leading_date=_compiled(rf"\s*(?:{facts['date_words']})?(?:{dates})[\s,|:]+(?=\S)"),
        changed=_compiled(facts["changed"]),
        button=_compiled(rf"(?:{'|'.join(sorted(buttons['words'], key=len, reverse=True))})(?!\w)"),
        button_alone=_compiled(buttons["alone"]),
        section=_compiled(table["sections"]["words"]),
        section_link=_compiled(table["sections"]["link"]),
        credit=_compiled(_credit(captions)),
        credit_alone=_compiled(
            rf"[(\[]?(?:{captions['words']})\s*:[^.!?]{{1,{_LONGEST_CREDIT}}}|©.{{1,{_LONGEST_CREDIT}}}"
        ),
        caption=_compiled(rf"{captions['begins']}.*"),
        teaser=_compiled(rf"(?:{teasers['leads']})\s*[:–>»|-].*|(?:{teasers['calls']}).*"),
        teaser_below=_compiled(rf"(?:{teasers['with_colon']})\s*:.*"),
        teaser_heading=_compiled(rf"(?:{teasers['leads']}|lesen sie (?:auch|dazu|mehr))\s*:?"),
        box=_compiled(boxes["leads"]),
        line=_compiled(rf"{boxes['lines']}|{boxes['copyright']}"),
        signoff=re.compile(table["signs"]["signoff"]),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _any(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _credit(captions: dict[str, Any]) -> str:
    """A picture credit at the end of a line, after a full stop or with the name of a service."""
    words, services = captions["words"], captions["services"]
    return (
        rf"(?:(?<=[.!?…)“”»«\"'’])\s*[(\[]?(?:{words})\s*:\s*[^„“”«»\"!?]{{1,{_LONGEST_CREDIT}}}"
        rf"|(?<=\s)[(\[]?(?:{words})\s*:\s*[^„“”«»\"!?.]{{0,30}}\b(?:{services})\b[^„“”«»\"!?]{{0,30}}"
        rf"|[(\[](?:{captions['bracketed']})[)\]]\.?"
        rf"|(?<=[\s.])©[^„“”«»\"!?]{{1,{_LONGEST_CREDIT}}})\s*$"
    )
