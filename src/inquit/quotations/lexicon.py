"""The words that the rules look at, made from the files of a language: cue verbs in all their forms, closed classes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from inquit.languages import Language
from inquit.records import Medium

_NO_GE = ("be", "emp", "ent", "er", "ge", "miss", "ver", "zer", "wider", "wieder", "unter", "über")
_MEDIA: dict[str, Medium] = {"Speech": "Speech", "SW": "SW", "Writing": "Writing", "ST": "ST"}


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a cue verb.

    `finite` forms may stand at the second place of a clause (the others are participles and infinitives); `particle`
    must then stand apart, in lower case, empty where there is none. `clause` says that the verb takes a clause,
    `reported` lists the words with which its object begins where the object alone is a report.
    """

    verb: str
    medium: Medium
    finite: bool
    particle: str
    clause: bool
    reported: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language that the rules look at; `verbs` maps a form in lower case to its cues.

    `attributing` are the words with which the frame of an attribution begins or ends, but for relative clauses.
    """

    verbs: dict[str, tuple[Cue, ...]]
    nouns: dict[str, Medium]
    correlates: frozenset[str]
    states: dict[str, Medium]
    finite: frozenset[str]
    konjunktiv_first: frozenset[str]
    konjunktiv_second: frozenset[str]
    konjunktiv: frozenset[str]
    asking: frozenset[str]
    stating: frozenset[str]
    showing: frozenset[str]
    citing: frozenset[str]
    endings: dict[str, tuple[str, ...]]
    words: dict[str, dict[str, frozenset[str]]]
    attributing: frozenset[str]

    def is_finite_cue(self, word: str) -> bool:
        """Whether a word in lower case is a finite form of a cue verb."""
        return any(cue.finite for cue in self.verbs.get(word, ()))

    def group(self, table: str, name: str) -> frozenset[str]:
        """The words of one closed class, in lower case."""
        return self.words[table][name]


@cache
def lexicon(language: Language) -> Lexicon:
    """The words of `language` that the rules look at."""
    cues, tables = language.table("quotation-cues"), language.table("quotation-words")
    words = {
        table: {name: _both_spellings(value.split()) for name, value in groups.items()}
        for table, groups in tables.items()
    }
    first, second = words["konjunktiv"]["first"], words["konjunktiv"]["second"]
    return Lexicon(
        verbs=_verbs(cues, frozenset(cues["homographs"]["words"])),
        nouns={
            spelt: _MEDIA[medium]
            for medium, nouns in cues["nouns"].items()
            for noun in nouns
            for spelt in _both_spellings((noun.lower(),))
        },
        correlates=frozenset(cues["correlates"]["words"]),
        states={state: _MEDIA[medium] for medium, states in cues["states"].items() for state in states},
        finite=words["finite"]["words"],
        konjunktiv_first=first,
        konjunktiv_second=second,
        konjunktiv=first | second,
        asking=frozenset(cues["asking"]["verbs"]),
        showing=frozenset(cues["showing"]["verbs"]),
        citing=frozenset(cues["citing"]["verbs"]),
        stating=frozenset(cues["stating"]["verbs"]),
        endings={name: tuple(sorted(value)) for name, value in words["endings"].items()},
        words=words,
        attributing=words["attribution"]["alone"] | words["attribution"]["after"] | words["attribution"]["before"],
    )


def _both_spellings(words: Iterable[str]) -> frozenset[str]:
    """The words, and those with "ß" also as they are written in Switzerland."""
    known = frozenset(words)
    return known | {word.replace("ß", "ss") for word in known}


def _verbs(cues: dict[str, Any], other: frozenset[str]) -> dict[str, tuple[Cue, ...]]:
    """All forms of all cue verbs."""
    reported: dict[str, tuple[str, ...]] = {}
    for entries in cues["reported"].values():
        for entry in entries:
            verb, _, preposition = entry.partition("+")
            reported[verb] = (*reported.get(verb, ()), preposition)
    forms: dict[str, list[Cue]] = {}
    for medium, entries in cues["clause"].items():
        for entry in entries:
            verb = entry.split()[0].replace("|", "").replace("_", " ")
            plain = reported.get(entry.split()[0], ())
            for form, finite, particle in _forms(entry):
                cue = Cue(verb, _MEDIA[medium], finite, particle, True, plain)
                for spelt in _both_spellings((form,)):
                    if cue not in forms.setdefault(spelt, []):
                        forms[spelt].append(cue)
    # A form that stands with its particle names the verb better than the bare one: it is tried first.
    return {
        form: tuple(sorted(found, key=lambda cue: not cue.particle))
        for form, found in forms.items()
        if form not in other
    }


def _forms(entry: str) -> Iterator[tuple[str, bool, str]]:
    """Forms of one verb as `(form, finite, particle that stands apart)`."""
    infinitive, *strong = entry.split()
    separator = "|" if "|" in infinitive else "_"
    particle, _, bare = infinitive.rpartition(separator) if separator in infinitive else ("", "", infinitive)
    finite, participle = _stems(bare, strong)
    for form in finite:
        yield form, True, particle
    if separator == "_" and particle:
        yield participle, False, particle
        yield bare, False, particle
        return
    for form in finite if particle else ():
        yield particle + form, True, ""
    yield particle + participle, False, ""
    if bare not in finite or particle:
        yield particle + bare, False, ""
    if particle:
        yield f"{particle}zu{bare}", False, ""


def _stems(bare: str, strong: list[str]) -> tuple[list[str], str]:
    """Finite forms and participle of a verb without its particle."""
    stem = bare[:-2] if bare.endswith("en") else bare[:-1]
    plural = bare
    if strong:
        present, past, participle = strong
        ending = "n" if past.endswith("e") else "en"
        return [present, past, past + ending, plural, stem + "e"], participle
    e = "e" if stem.endswith(("t", "d", "chn", "ffn", "tm")) else ""
    prefixed = stem.startswith(_NO_GE) and not stem.startswith(("red", "gest"))
    ge = "" if prefixed or bare.endswith("ieren") else "ge"
    past = stem + e + "te"
    return [stem + e + "t", past, past + "n", plural, stem + "e"], ge + stem + e + "t"
