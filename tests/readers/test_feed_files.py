"""RSS and Atom: what a feed carries whole is an article, what it announces is refused with its address."""

from pathlib import Path

import pytest
from scrapes import PARAGRAPH, SECOND

from inquit.readers import Limits, parse_feed, read_paths
from inquit.records import Article, Rejected

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Landbote</title><link>https://landbote.example/</link>
<item><title>Halt &amp; aus</title><link>https://landbote.example/1</link><dc:creator>Ruth Muster</dc:creator>
<pubDate>Tue, 04 Feb 2025 16:20:00 +0100</pubDate><description>Kurz.</description>
<content:encoded><![CDATA[<p>{PARAGRAPH}</p><script>alert(1)</script><p>{SECOND}</p>]]></content:encoded></item>
<item><title>Nur kurz</title><link>https://landbote.example/2</link><description>{PARAGRAPH}</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Bote</title>
<entry><title>Halt</title><link href="https://bote.example/1"/><author><name>Ben Kern</name></author>
<updated>2025-02-04T16:20:00Z</updated><content type="html">&lt;p&gt;{PARAGRAPH}&lt;/p&gt;</content></entry>
<entry><title>Schlicht</title><content type="text">{PARAGRAPH}</content></entry></feed>"""


def read(tmp_path: Path, text: str, name: str = "feed.xml") -> list[Article | Rejected]:
    (tmp_path / name).write_text(text, "utf-8")
    return list(read_paths([tmp_path / name]))


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed"])
def test_rss(tmp_path: Path, name: str) -> None:
    whole, short = read(tmp_path, RSS, name)
    assert isinstance(whole, Article)
    assert whole.text == f"Halt & aus\n\n{PARAGRAPH}\n\n{SECOND}"
    assert (whole.title, whole.outlet, whole.authors) == ("Halt & aus", "Landbote", ("Ruth Muster",))
    assert (whole.url, whole.published) == ("https://landbote.example/1", "2025-02-04T16:20:00+01:00")
    assert isinstance(short, Rejected)
    assert (short.origin, short.reason) == (f"{tmp_path}/{name}:2", "no article")
    assert "https://landbote.example/2" in short.detail


def test_atom(tmp_path: Path) -> None:
    first, second = read(tmp_path, ATOM)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.text, first.url, first.published) == (
        f"Halt\n\n{PARAGRAPH}",
        "https://bote.example/1",
        "2025-02-04T16:20:00Z",
    )
    assert PARAGRAPH in second.text


def test_a_broken_feed_gives_what_can_be_found_and_one_rejection(tmp_path: Path) -> None:
    items = read(tmp_path, RSS[: RSS.index("<item><title>Nur")] + "<item><title>Ab")
    assert isinstance(items[0], Article)
    assert [item.reason for item in items if isinstance(item, Rejected)][-1] == "damaged"
    assert [i.reason for i in read(tmp_path, "<rss>", "a.rss") if isinstance(i, Rejected)] == ["damaged"]
    assert [i.reason for i in read(tmp_path, "Kein Feed", "a.rss") if isinstance(i, Rejected)] == ["damaged"]


def test_other_xml_is_no_article(tmp_path: Path) -> None:
    (item,) = read(tmp_path, "<?xml version='1.0'?><recipe><p>Zwei Eier.</p></recipe>")
    assert isinstance(item, Rejected)
    assert item.reason == "unsupported"


def test_a_feed_does_not_reach_out(tmp_path: Path) -> None:
    """Entities that name files, and entities that multiply, are not resolved."""
    (tmp_path / "secret").write_text("geheim")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE rss [<!ENTITY e0 "lang lang "><!ENTITY x SYSTEM "file://{tmp_path}/secret">{bomb}]>'
    body = RSS.partition("\n")[2].replace("Landbote", "&x;&e11;", 1)
    feed = parse_feed(f"{head}{body}".encode(), origin="f")
    assert "geheim" not in str(feed)
    assert len(str(feed)) < 100_000


def test_a_feed_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    """A name of many points, for which the library's pattern of an address takes quadratic time."""
    hostile = RSS.replace("<dc:creator>Ruth Muster</dc:creator>", f"<author>{'a.' * 50_000}</author>")
    (tmp_path / "feed.xml").write_text(hostile)
    (item,) = read_paths([tmp_path / "feed.xml"], limits=Limits(deadline=0.5))
    assert isinstance(item, Rejected)
    assert item.reason == "timeout"
    assert isinstance(read(tmp_path, RSS)[0], Article)
