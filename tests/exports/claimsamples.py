"""Claims for the tests of how they are shown: as a desk meets them, of any size, and any at all."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from exportsamples import HOSTILE
from hypothesis import strategies as st

from inquit.exports.claimsview import ClaimContext
from inquit.records import HOWS, KINDS, NAMINGS, STANCES, Article, Claim, ClaimSource, How, Link, Span, Statement, Story

START = datetime.fromisoformat("2025-02-03T06:00:00+01:00")


def statement(
    article: str, outlet: str, minutes: int, text: str = "Die Schleuse schließt im März", **more: object
) -> Statement:
    """A statement of an article, published so many minutes after the first."""
    told: dict[str, Any] = {"by": "ein Beamter", "source": 0, **more}
    published = (START + timedelta(minutes=minutes)).isoformat()
    return Statement(
        article=article, quotation=0, quote=(Span(0, 9),), text=text, outlet=outlet, published=published, **told
    )


def link(derived: str, original: str, how: How) -> Link:
    return Link(derived=derived, original=original, how=how)


def unnamed(name: str = "ein Beamter", **more: object) -> ClaimSource:
    return ClaimSource(name=name, naming="anonymous", kind="person", first_in="a", **more)  # type: ignore[arg-type]


def named(name: str = "Ina Rode") -> ClaimSource:
    return ClaimSource(name=name, naming="named", kind="person", first_in="x")


def two() -> tuple[Claim, ClaimContext]:
    """Two outlets, of which one cites the other: one source."""
    statements = (
        statement("a", "Hafenpost", 0),
        statement("b", "Deichblick", 60, "dass die Schleuse im März schließt", by="Hafenposts"),
    )
    claim = Claim(
        id="c-2",
        story="s-1",
        text="Die Schleuse schließt im März",
        statements=statements,
        primary_sources=(unnamed(),),
        independent_sources=1,
        first_seen=statements[0].published,
        why=("ein Beamter (anonymous): speaks in Hafenpost; relayed by Deichblick",),
    )
    return claim, context(claim, link("b", "a", "rewrite"))


def busy() -> tuple[Claim, ClaimContext]:
    """A copy chain, a circle of three, a second source through a relay, a source that does not count, two denials."""
    statements = (
        statement("a", "Hafenpost", 0),
        statement("n", "Nordagentur", 60, via=("Hafenpost",)),
        statement("c1", "Deichblick", 70, via=("Hafenpost",)),
        statement("c2", "Marschbote", 75, via=("Hafenpost",)),
        statement("r", "Wattzeitung", 200, "dass die Schleuse zum 1. März zugeht", by="Marschbote"),
        statement("a2", "Hafenpost", 400, "die Schleuse schließt im März", by="Wattzeitung", source=None),
        statement("x", "Kanalkurier", 420, by="Ina Rode", source=1, via=("Jon Thede",), stance="confirm"),
        statement("y", "Fährblatt", 430, by="ein Insider", source=2),
        statement("z", "Inselpost", 440, "Schleuse zu", by=None, source=None),
    )
    denied = (
        statement("n", "Nordagentur", 60, "Das stimmt nicht", by="Olaf Brook", source=None, stance="deny"),
        statement("w", "Uferblatt", 300, "Nein", by="Olaf Brook", source=None, stance="deny"),
        statement("w", "Uferblatt", 300, "Unfug", by="Hafenamt", source=None, stance="deny"),
    )
    claim = Claim(
        id="c-1",
        story="s-1",
        text="Die Schleuse schließt im März",
        statements=statements,
        denied_by=denied,
        primary_sources=(
            unnamed(names=("ein Beamter", "einem Beamten")),
            named(),
            unnamed("ein Insider", independent=False),
        ),
        independent_sources=2,
        circular=True,
        first_seen=statements[0].published,
        why=(
            "ein Beamter (anonymous): speaks in Hafenpost; relayed by Nordagentur, Deichblick and Marschbote",
            "Ina Rode (named); relayed by Kanalkurier",
            "ein Insider (anonymous): may be the same as another one, the texts do not decide it: not counted",
            "no source of its own in Inselpost: not counted",
            "circular: Hafenpost has it from Wattzeitung has it from Marschbote has it from Hafenpost",
        ),
    )
    links = (
        link("n", "a", "rewrite"),
        link("c1", "n", "copy"),
        link("c2", "n", "abridged"),
        link("r", "c2", "cites"),
        link("a2", "r", "rewrite"),
    )
    return claim, context(claim, *links)


def many(articles: int = 60) -> tuple[Claim, ClaimContext]:
    """A report that an agency takes over and most copy, some retell, and some retell those; all on one source."""
    statements = [statement("a", "Hafenpost", 0), statement("n", "Nordagentur", 45, via=("Hafenpost",))]
    links = [link("n", "a", "rewrite")]
    for number in range(articles - 2):
        name, minutes = f"k{number}", 50 + 7 * number
        outlet = f"Blatt {number} am Nordostseekanal"
        how: How = "copy" if number % 3 else "abridged" if number % 2 else "cites"
        original = "n" if number % 5 or number < 10 else f"k{number - 7}"
        statements.append(statement(name, outlet, minutes, via=("Hafenpost",)))
        links.append(link(name, original, how))
    claim = Claim(
        id="c-60",
        story="s-1",
        text="Die Schleuse schließt im März",
        statements=tuple(statements),
        primary_sources=(unnamed(),),
        independent_sources=1,
        first_seen=statements[0].published,
        why=("ein Beamter (anonymous): speaks in Hafenpost; relayed by many",),
    )
    return claim, context(claim, *links)


def hostile() -> tuple[Claim, ClaimContext]:
    """The busy claim with names, titles and addresses that want to do harm."""
    claim, known = busy()
    evil = HOSTILE * 40
    shown = replace(
        claim,
        text=HOSTILE,
        why=(HOSTILE, *claim.why),
        first_seen=HOSTILE,
        statements=tuple(
            replace(one, text=evil, outlet=evil, by=evil, via=(evil,), published=HOSTILE) for one in claim.statements
        ),
        denied_by=tuple(replace(one, text=evil, by=evil) for one in claim.denied_by),
        primary_sources=tuple(replace(one, name=evil, names=(evil, HOSTILE)) for one in claim.primary_sources),
    )
    urls = (
        "javascript:alert(1)",
        "data:text/html,x",
        'https://a.example/"><script>',
        "https://[x",
        "https://a b.example",
    )
    articles = {
        name: replace(one, title=evil, outlet=evil, url=urls[at % len(urls)])
        for at, (name, one) in enumerate(known.articles.items())
    }
    stories = {name: replace(one, title=evil) for name, one in known.stories.items()}
    return shown, ClaimContext(stories=stories, articles=articles)


def context(claim: Claim, *links: Link) -> ClaimContext:
    """The story of a claim with these links, and its articles."""
    told = {one.article: one for one in (*claim.statements, *claim.denied_by)}
    articles = {
        name: Article(
            id=name,
            origin=name,
            text="Die Schleuse",
            language="de",
            title=f"Schleuse ({name})",
            outlet=one.outlet,
            url=f"https://www.{name}.example/schleuse",
            published=one.published,
        )
        for name, one in told.items()
    }
    story = Story(id=claim.story, articles=tuple(articles), links=links, title="Die Schleuse")
    return ClaimContext(stories={story.id: story}, articles=articles)


_names = st.sampled_from(
    ["", "Hafenpost", "Hafenposts", "der Deichblick", "Nordagentur", "ein Beamter", "Ina Rode", HOSTILE]
)
_ids = st.sampled_from(["a", "b", "c", "d", "e", "f"])
_times = st.sampled_from(
    [None, "", "2025-02-03", "2025-02-03T06:00:00+01:00", "2025-02-03T09:30:00Z", "2027-12-31T23:59", "gestern"]
)


@st.composite
def claims(draw: st.DrawFn) -> tuple[Claim, ClaimContext]:
    """Any claim, with links that may contradict it and run in circles."""
    source = st.builds(
        ClaimSource,
        name=_names,
        naming=st.sampled_from(NAMINGS),
        kind=st.sampled_from(KINDS),
        first_in=_ids,
        independent=st.booleans(),
    )
    sources = draw(st.lists(source, max_size=3))
    made = st.builds(
        Statement,
        article=_ids,
        quotation=st.integers(0, 3),
        quote=st.just((Span(0, 1),)),
        text=st.text(max_size=40),
        outlet=st.none() | _names,
        published=_times,
        stance=st.sampled_from(STANCES),
        source=st.sampled_from([None, *range(len(sources))]),
        by=st.none() | _names,
        via=st.lists(_names, max_size=3).map(tuple),
    )
    links = st.builds(
        Link, derived=_ids, original=st.none() | _ids, how=st.sampled_from(HOWS), outlet=st.none() | _names
    )
    claim = Claim(
        id="c",
        story="s",
        text=draw(st.text(max_size=60)),
        statements=tuple(draw(st.lists(made, max_size=9))),
        denied_by=tuple(draw(st.lists(made, max_size=4))),
        primary_sources=tuple(sources),
        independent_sources=sum(source.independent for source in sources),
        circular=draw(st.booleans()),
        first_seen=draw(_times),
        why=tuple(
            draw(
                st.lists(
                    st.sampled_from(["circular: A has it from B has it from A", "ein Beamter (anonymous): x", ""]),
                    max_size=3,
                )
            )
        ),
    )
    return claim, context(claim, *draw(st.lists(links, max_size=8)))
