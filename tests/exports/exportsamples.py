"""Small ledgers for the tests of exports: one as a newsroom meets it, and any that hypothesis can think of."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from inquit.records import (
    KINDS,
    MEDIA,
    NAMINGS,
    STANCES,
    TYPES,
    Article,
    Dispute,
    Ledger,
    PrimarySource,
    Quotation,
    Source,
    Span,
    Summary,
)

TEXT = """Umbau verschoben

Mehr «Region»

Wie die «Hafenpost» berichtet, ist der Umbau offenbar gestoppt. Ein früherer Beamter sagte
der Zeitung, es fehle Geld: «Wir haben seit Mai nichts mehr gebaut.» Der Rat habe ihm
gesagt, «man warte ab».

Sprecherin Ada Lenz bestritt, dass der Umbau gestoppt sei. Alles laufe nach Plan.
"""
HOSTILE = (
    "<script>alert(1)</script> &amp; \"'><img src=x onerror=alert(1)> [bold]rot[/bold] :smile: \x1b[31mrot\x1b[0m \x07 "
    "\u202egnol\u202c \x9b2J *fett* _kursiv_ `code` | # [x](https://evil.example) ![i](http://evil.example/i.png) "
    "www.evil.example a@evil.example \ud800 \ufffe ]]> --> </style></title> \u2028 \x85 $x$ ${x} {{x}} %s"
)

few = settings(deadline=None, max_examples=25)
"""For properties of whole reports, each of which takes a while."""


def span(part: str, text: str = TEXT) -> Span:
    begin = text.index(part)
    return Span(begin, begin + len(part))


def source(mention: str, name: str, kind: str = "person", naming: str = "named", text: str = TEXT) -> Source:
    return Source(mention=span(mention, text), name=name, kind=kind, naming=naming)  # type: ignore[arg-type]


def sample() -> Ledger:
    """A relay that rests on one unnamed source, with a denial, nesting, a hedge, furniture and a doubtful entry."""
    post = source("«Hafenpost»", "Hafenpost", "outlet")
    beamter = source("Ein früherer Beamter", "ein früherer Beamter", naming="described")
    rat = source("Der Rat", "Rat", "organization")
    lenz = source("Ada Lenz", "Ada Lenz")
    said = (span("sagte"),)
    quotations = (
        Quotation(id=0, type="Indirect", medium="Writing", quote=(span("ist der Umbau offenbar gestoppt"),),
                  speaker=(span("die «Hafenpost»"),), cue=(span("berichtet"),), chain=(post, beamter),
                  hedges=(span("offenbar"),), confidence=0.9, why=("cue “berichtet”",)),
        Quotation(id=1, type="Indirect", medium="Speech", quote=(span("es fehle Geld"),), cue=said,
                  speaker=(span("Ein früherer Beamter"),), chain=(post, beamter), confidence=0.8),
        Quotation(id=2, type="Direct", medium="Speech", quote=(span("«Wir haben seit Mai nichts mehr gebaut.»"),),
                  speaker=(span("Ein früherer Beamter"),), cue=said, chain=(post, beamter), confidence=0.31),
        Quotation(id=3, type="Indirect", medium="Speech", chain=(post, beamter), confidence=0.7,
                  quote=(span("Der Rat habe ihm\ngesagt, «man warte ab»"),)),
        Quotation(id=4, type="Direct", medium="Speech", parent=3, quote=(span("«man warte ab»"),),
                  speaker=(span("Der Rat"),), chain=(post, beamter, rat), confidence=0.7),
        Quotation(id=5, type="Indirect", medium="Speech", quote=(span("dass der Umbau gestoppt sei"),),
                  speaker=(span("Sprecherin Ada Lenz"),), cue=(span("bestritt"),), chain=(lenz,), stance="deny",
                  disputes=(0,), confidence=0.95),
        Quotation(id=6, type="IndirectFreeIndirect", medium="Speech", quote=(span("Alles laufe nach Plan."),),
                  chain=(lenz,), confidence=0.6),
        Quotation(id=7, type="Reported", medium="none", quote=(span("Umbau verschoben"),), confidence=0.6),
    )  # fmt: skip
    article = Article(
        id="a1",
        origin="hafen.txt",
        text=TEXT,
        language="de",
        title="Umbau verschoben",
        outlet="Küstenblick",
        authors=("Jo Falk",),
        published="2024-11-05T06:00:00+01:00",
        url="https://kuestenblick.example/umbau",
        furniture=(span("Mehr «Region»"),),
    )
    return Ledger(article=article, quotations=quotations, summary=balance(quotations))


def balance(quotations: tuple[Quotation, ...]) -> Summary:
    """The source balance of made-up quotations."""
    total = max(1, len(quotations))
    by_id = {quotation.id: quotation for quotation in quotations}
    groups: dict[str, list[Quotation]] = {}
    for quotation in quotations:
        if quotation.chain:
            groups.setdefault(quotation.chain[-1].name, []).append(quotation)

    def name(quotation: Quotation) -> str | None:
        return quotation.chain[-1].name if quotation.chain else None

    disputes = tuple(
        Dispute(quotation=quotation.id, disputed=other, by=name(quotation), against=name(by_id[other]))
        for quotation in quotations
        for other in quotation.disputes
        if other in by_id
    )
    primary = []
    for group in groups.values():
        relays = [tuple(link.name for link in quotation.chain[:-1] if link.kind == "outlet") for quotation in group]
        last = group[0].chain[-1]
        primary.append(
            PrimarySource(
                name=last.name,
                kind=last.kind,
                naming=last.naming,
                statements=tuple(quotation.id for quotation in group),
                share=len(group) / total,
                through=relays[0] if all(relays) else (),
                disputed_by=tuple(dict.fromkeys(d.by for d in disputes if d.against == last.name and d.by)),
            )
        )
    unnamed = sum(len(found.statements) for found in primary if found.naming != "named")
    relayed = sum(any(link.kind == "outlet" for link in quotation.chain[:-1]) for quotation in quotations)
    return Summary(
        statements=len(quotations),
        primary_sources=tuple(sorted(primary, key=lambda found: -len(found.statements))),
        unnamed_share=unnamed / total,
        relayed_share=relayed / total,
        unsourced_share=sum(not quotation.chain for quotation in quotations) / total,
        disputes=disputes,
    )


def hostile() -> Ledger:
    """The sample with harmful text wherever a ledger holds text."""
    ledger = sample()
    text = TEXT + HOSTILE
    evil = Source(mention=span(HOSTILE, text), name=HOSTILE, kind="person", naming="anonymous")
    quotations = (
        *(replace(quotation, why=(HOSTILE,)) for quotation in ledger.quotations),
        Quotation(id=8, type="Direct", medium="SW", quote=(span(HOSTILE, text),), chain=(evil, evil), disputes=(0, 8),
                  speaker=(span("<script>", text),), hedges=(span("[bold]", text),), confidence=0.1, why=(HOSTILE,)),
    )  # fmt: skip
    article = replace(
        ledger.article, text=text, title=HOSTILE, outlet=HOSTILE, authors=(HOSTILE,), origin=HOSTILE, language='d"><b>'
    )
    return Ledger(article=article, quotations=quotations, summary=balance(quotations))


@st.composite
def ledgers(draw: st.DrawFn, *, surrogates: bool = True) -> Ledger:
    """Any ledger whose spans lie in its text: crossing, nested, equal, with parents and disputes in circles."""
    letters = st.characters() if surrogates else st.characters(exclude_categories=["Cs"])
    words = st.text(st.one_of(st.sampled_from('ab äß\n«»<&>"[]*\\\x1b\u202e\u2028'), letters), max_size=8)
    text = draw(st.lists(words, min_size=1, max_size=12).map("\n".join)) + "."
    place = st.integers(0, len(text))
    one = st.tuples(place, place).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Span(*sorted(pair)))
    spans = st.lists(one, max_size=2, unique=True).map(lambda found: tuple(sorted(found)))
    sources = st.builds(Source, mention=one, name=words, kind=st.sampled_from(KINDS), naming=st.sampled_from(NAMINGS))
    number = draw(st.integers(0, 5))
    ids = st.integers(0, max(0, number - 1))
    quotations = tuple(
        Quotation(
            id=at,
            type=draw(st.sampled_from(TYPES)),
            medium=draw(st.sampled_from(MEDIA)),
            parent=draw(st.none() | ids),
            quote=draw(spans.filter(bool)),
            speaker=draw(spans),
            cue=draw(spans),
            hedges=draw(spans),
            chain=tuple(draw(st.lists(sources, max_size=7))),
            stance=draw(st.sampled_from(STANCES)),
            disputes=tuple(draw(st.lists(ids, max_size=2, unique=True))),
            confidence=draw(st.floats(0, 1)),
            why=tuple(draw(st.lists(words, max_size=2))),
        )
        for at in range(number)
    )
    article = Article(id="x", origin="x", text=text, title=draw(st.none() | words), furniture=draw(spans))
    return Ledger(article=article, quotations=quotations, summary=balance(quotations))
