"""What a text says of itself: title, authors, date and credits; nothing where the text does not show it clearly."""

import re
from dataclasses import dataclass

from inquit.languages import Language
from inquit.readers.forms import Forms, forms
from inquit.records import Spans

_LONGEST_TITLE = 200
_HEAD_LINES = 8
"""Lines that are not furniture among which the author's line is looked for."""

_LONGEST_BYLINE = 120
_LONGEST_CREDIT_LINE = 200
_SIGN = re.compile(r"[a-zäöü]{3,8}")
_SIGN_JOINT = re.compile(r"\s?[/,]\s?")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_DAY = re.compile(r"(\d{1,2})\.\s?(?:(\d{1,2})\.|([^\W\d_]{3})[^\W\d_]*\.?)\s?(\d{4})")
_TIME = re.compile(r"[\s,|/·–-]*(?:um\s)?(\d{1,2})[:.](\d{2})(?=\s*Uhr|\s*h\b|\s*$|[^\d.:]|\s)")
_ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?)?")
_MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_OTHER_MONTHS = {"jän": 1, "mrz": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What was found; `published` is ISO 8601 as far as the text gives it."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Passage:
    """A line or the part of it that is furniture or that is not."""

    text: str
    furniture: bool


def find(text: str, furniture: Spans, language: Language) -> Imprint:
    """What `text`, of which `furniture` is no article, says of itself."""
    passages = _passages(text, furniture)
    article = [passage for passage in passages if not passage.furniture]
    table = language.table("imprint")
    form = forms(language)
    title = _title(article)
    return Imprint(
        title=title,
        authors=next((a for p in article[:_HEAD_LINES] if (a := authors(p.text, table["authors"]))), ()),
        published=_published(passages, form),
        credits=_credits(passages, article[1:] if title else article, table["credits"]),
    )


def _passages(text: str, furniture: Spans) -> list[_Passage]:
    """The lines of `text`, cut where furniture begins and ends; `furniture` is in order and disjoint."""
    passages: list[_Passage] = []
    cut = 0
    for match in _LINE.finditer(text):
        at, end = match.span()
        while cut < len(furniture) and furniture[cut].end <= at:
            cut += 1
        span = cut
        while at < end:
            begin, stop = furniture[span] if span < len(furniture) else (end, end)
            marked = begin <= at < stop
            to = min(stop if marked else begin, end)
            content = text[at:to].strip()
            if content:
                passages.append(_Passage(content, marked))
            span += marked
            at = to
    return passages


def _title(article: list[_Passage]) -> str | None:
    """The first line, where it is short, has no full stop, and something follows."""
    if len(article) < 2 or len(article[0].text) > _LONGEST_TITLE or article[0].text.endswith((".", ":", ",", ";")):
        return None
    return article[0].text


def authors(line: str, table: dict[str, str]) -> tuple[str, ...]:
    """Names in an author's line such as "Von Anna Beispiel und Ben Muster, Bern"; places are left out."""
    begins = re.match(table["begins"], line)
    if begins is None or len(line) > _LONGEST_BYLINE or line.endswith((".", "?", "!")):
        return ()
    parts = re.split(table["joint"], line[begins.end() :].strip(" |·,–-"))
    names = [person(part, table) for part in parts]
    if names[0] is None:
        return ()
    joints = re.findall(table["joint"], line[begins.end() :])
    kept = [names[0]]
    listed = all(names) and joints and joints[-1].strip() in {"und", "sowie", "&", "+"}
    for name, joint in zip(names[1:], joints, strict=False):
        # After a comma a place may stand ("Von Anna Beispiel, New York"), unless the list ends with "und".
        if name is None or (joint.strip() == "," and not listed):
            break
        kept.append(name)
    return tuple(kept)


def person(part: str, table: dict[str, str]) -> str | None:
    """The name of a person without the words of a role, or `None` for what is no name of a person."""
    words = [word for word in part.split() if not re.fullmatch(table["roles"], word)]
    name = " ".join(words)
    if not re.fullmatch(table["name"], name) or any(re.fullmatch(table["never"], word) for word in words):
        return None
    return name.title() if name.isupper() else name


def _published(passages: list[_Passage], form: Forms) -> str | None:
    """The date in the furniture before the article, unless it is that of a change."""
    seen_article = 0
    for passage in passages:
        seen_article += not passage.furniture and len(passage.text) > _LONGEST_TITLE
        if seen_article:
            return None
        if passage.furniture and not form.changed.search(passage.text) and form.dates.search(passage.text):
            date = date_of(passage.text)
            if date is not None:
                return date
    return None


def date_of(text: str) -> str | None:
    """The first date in `text`, with its time where one follows, as ISO 8601."""
    iso = _ISO.search(text)
    if iso:
        return iso.group()
    day = _DAY.search(text)
    if day is None:
        return None
    name = (day[3] or "").lower()
    month = int(day[2]) if day[2] else _OTHER_MONTHS.get(name) or (_MONTHS.index(name) + 1 if name in _MONTHS else 0)
    if not (1 <= month <= 12 and 1 <= int(day[1]) <= 31):
        return None
    date = f"{day[4]}-{month:02}-{int(day[1]):02}"
    time = _TIME.match(text, day.end())
    if time and int(time[1]) < 24 and int(time[2]) < 60:
        date += f"T{int(time[1]):02}:{time[2]}"
    return date


def _credits(passages: list[_Passage], article: list[_Passage], table: dict[str, object]) -> tuple[str, ...]:
    found: list[str] = []
    short = [p.text for p in passages if len(p.text) <= _LONGEST_CREDIT_LINE]
    patterns = [str(pattern) for pattern in _list(table["lines"])]
    for text in short:
        matches = (re.fullmatch(pattern, text) for pattern in patterns)
        found += [match["name"] for match in matches if match]
        material = re.fullmatch(str(table["material"]), text)
        if material:
            found += [name for name in re.split(str(table["and"]), material["names"]) if name]
    found += _signs(passages, article, table)
    return tuple(dict.fromkeys(name.strip() for name in found if name.strip()))


def _signs(passages: list[_Passage], article: list[_Passage], table: dict[str, object]) -> list[str]:
    """Agencies in the dateline and in the sign-off."""
    agencies = {str(name) for name in _list(table["agencies"])}
    own = {str(name) for name in _list(table["own"])}
    found: list[str] = []
    for passage in article[:3]:
        dateline = re.match(str(table["dateline"]), passage.text)
        if dateline and len(passage.text) > len(dateline.group()):
            signs = [s for s in _SIGN_JOINT.split(dateline["signs"]) if s.lower() not in own]
            found += [s for s in signs[:1] if s in agencies or _SIGN.fullmatch(s)]
            found += [s for s in signs[1:] if s in agencies]
            break
    for passage in [p for p in passages if len(p.text) <= _LONGEST_CREDIT_LINE or not p.furniture]:
        alone = re.fullmatch(str(table["signoff"]), passage.text)
        ending = alone or re.search(rf"(?<=[.!?“”»\"])\s*\({_bare(str(table['signoff']))}\)\s*$", passage.text[-60:])
        if ending:
            found += [s for s in _SIGN_JOINT.split(ending["signs"]) if s in agencies]
    return found


def _bare(pattern: str) -> str:
    """The pattern of a sign-off without its optional brackets."""
    return pattern.removeprefix(r"\(?").removesuffix(r"\)?")


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
