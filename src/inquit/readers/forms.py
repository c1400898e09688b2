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
    source: re.Pattern[str]
    credit_alone: re.Pattern[str]
    caption: re.Pattern[str]
    teaser: re.Pattern[str]
    teaser_below: re.Pattern[str]
    call: re.Pattern[str]
    heading: re.Pattern[str]
    last_heading: re.Pattern[str]
    box: re.Pattern[str]
    poll: re.Pattern[str]
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
        credit=_compiled(_credit(captions["words"], captions["services"], captions["bracketed"])),
        source=_compiled(
            _credit(captions["sources"], captions["services"], rf"(?:{captions['sources']}):[^()]{{0,50}}")
        ),
        credit_alone=_compiled(_credit_alone(captions)),
        caption=_compiled(rf"{captions['begins']}.*"),
        teaser=_compiled(rf"(?:{_any(teasers['leads'])}|{teasers['last']})\s*[:–>»|-].*"),
        teaser_below=_compiled(rf"(?:{teasers['with_colon']})\s*:.*"),
        call=_compiled(rf"(?:{_any(teasers['calls'])}).*"),
        heading=_compiled(rf"(?:{_any(teasers['leads'])}|lesen sie (?:auch|dazu|mehr))\s*:?"),
        last_heading=_compiled(rf"(?:{teasers['last']})\s*:?"),
        box=_compiled(_any(boxes["leads"])),
        poll=_compiled(boxes["polls"]),
        line=_compiled(rf"{_any(boxes['lines'])}|{boxes['copyright']}"),
        signoff=re.compile(table["signs"]["signoff"]),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _any(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _credit(words: str, services: str, bracketed: str) -> str:
    """A credit at the end of a line, after a full stop or with the name of a service."""
    inner = '[^„“”«»"!?]'
    return (
        rf"(?:(?<=[.!?…)“”»«\"'’])\s*[(\[]?(?:{words})\s*:\s*{inner}{{1,{_LONGEST_CREDIT}}}"
        rf"|(?<=\s)[(\[]?(?:{words})\s*:\s*[^„“”«»\"!?.]{{0,30}}\b(?:{services})\b{inner}{{0,30}}"
        rf"|[(\[](?:{bracketed})[)\]]\.?"
        rf"|(?<=[\s.])©{inner}{{1,{_LONGEST_CREDIT}}})\s*$"
    )


def _credit_alone(captions: dict[str, Any]) -> str:
    """A line that is a credit and nothing else; names in it may have initials and domains."""
    name = rf"(?:[^.!?]|\.(?=\S)|(?<=\b\w)\.){{1,{_LONGEST_CREDIT}}}"
    return rf"[(\[]?(?:{captions['words']}|{captions['sources']})\s*:{name}|©.{{1,{_LONGEST_CREDIT}}}"
