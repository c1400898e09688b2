"""Articles that try everything: each field that an article brings holds something that must do nothing."""

from typing import Any

from inquit.corpus import open_corpus
from inquit.records import Article, Quotation, Source, Span
from inquit.store import Entry, open_store

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)><style>*{display:none}</style>",
    "javascript:alert(document.cookie)",
    "{{7*7}}{% include '/etc/passwd' %}${7*7}<%= 7*7 %>",
    "a\r\nSet-Cookie: evil=1\r\nX-Evil: 1",
    "'; DROP TABLE article; --",
    "\u202edrowssap\u2066 \x07\x1b[2J",
    "</title></textarea></select></script><base href=//evil.example>",
    "<a href=javascript:alert(1)>klick</a><iframe srcdoc='<script>1</script>'>",
    "%0d%0aX-Evil:%201%22%3E%3Cscript%3E",
    "<!--[if]><script>alert(1)</script>-->]]><![CDATA[",
)


def hostile_corpus(path: str) -> None:
    """Every attack in every field, with sources that speak, dispute each other and go through outlets."""
    entries = [_entry(number, attack) for number, attack in enumerate(ATTACKS)]
    with open_store(path, create=True) as store:
        store.keep(entries, reader="test")
    with open_corpus(path, write=True) as corpus:
        for number, entry in enumerate(entries[:3]):
            corpus.mark(
                f"{entry.article.id}:0", ("right", "wrong", "right")[number], note=ATTACKS[number], by=ATTACKS[0]
            )
        corpus.compare()


def _entry(number: int, attack: str) -> Entry:
    says = f"die Fähre nach Tammsand werde im Oktober verkauft {attack}"
    denies = f"die Fähre nach Tammsand werde nicht verkauft {attack}"
    text = f"{attack}\n\nDer Bote berichtet unter Berufung auf {attack}, {says}.\n\nRita {attack} sagt, {denies}.\n"
    article = Article(
        id=f"{number:016x}",
        origin=attack,
        text=text,
        language="de",
        title=attack,
        outlet=f"Bote {number} {attack}",
        credits=(attack,),
        authors=(attack,),
        url=f"javascript:alert({number})//{attack}",
        published=f"2025-10-{number + 1:02}T10:00:00+02:00" if number % 2 else attack,
        furniture=(Span(0, 2),),
    )
    outlet = _source(text, attack, "outlet")
    return Entry(
        article=article,
        quotations=(
            _quotation(text, 0, says, (outlet, _source(text, attack, "person", "anonymous")), attack),
            _quotation(text, 1, denies, (_source(text, f"Rita {attack}", "person"),), attack),
        ),
    )


def _source(text: str, name: str, kind: Any, naming: Any = "named") -> Source:
    begin = text.index(name)
    return Source(mention=Span(begin, begin + len(name)), name=name, kind=kind, naming=naming)


def _quotation(text: str, number: int, words: str, chain: tuple[Source, ...], attack: str) -> Quotation:
    begin = text.index(words)
    return Quotation(
        id=number,
        type="Indirect",
        medium="Speech",
        quote=(Span(begin, begin + len(words)),),
        chain=chain,
        speaker=(chain[-1].mention,),
        hedges=(Span(begin, begin + 3),),
        stance="deny" if number else "assert",
        disputes=(0,) if number else (),
        confidence=0.4,
        why=(attack,),
    )
