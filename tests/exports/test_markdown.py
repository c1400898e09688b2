import re

from exportsamples import HOSTILE, few, hostile, ledgers, sample
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from inquit.exports import to_markdown
from inquit.exports.excerpts import line
from inquit.exports.markdown import escape
from inquit.records import Ledger

_READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _tokens(text: str) -> list[Token]:
    found = _READER.parse(text)
    return [*found, *(child for token in found for child in token.children or ())]


def _shown(text: str) -> str:
    return "".join(
        token.content for token in _tokens(text) if token.type in {"text", "code_inline", "text_special", "fence"}
    )


@few
@given(st.text(st.one_of(st.sampled_from("\\`*_{}[]<>#|~$&!-+=1.)( \n:/w@ab"), st.characters()), max_size=40))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    tokens = _tokens(f"{escape(line(text))}\n")
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special"}
    assert _shown(f"{escape(line(text))}\n") == line(text)


def test_addresses_do_not_become_links() -> None:
    assert not re.search(r"https?://|www\.", escape("https://evil.example http://x www.evil.example"))


@few
@given(ledgers())
def test_any_ledger_gives_only_what_the_report_is_made_of(ledger: Ledger) -> None:
    types = {token.type for token in _tokens(to_markdown([ledger]))}
    assert not types & {"html_block", "html_inline", "link_open", "image", "code_block", "fence", "code_inline"}
    assert not types & {"hr", "em_open", "table_open", "s_open"}


@few
@given(ledgers())
def test_there_is_one_entry_for_each_statement(ledger: Ledger) -> None:
    entries = [token for token in _tokens(to_markdown([ledger])) if token.type == "list_item_open" and token.level == 1]
    numbered = [token.info for token in entries if token.markup == "."]
    assert numbered == [str(number) for number in range(1, len(ledger.quotations) + 1)]


def test_hostile_text_stays_text() -> None:
    shown = _shown(to_markdown([hostile()]))
    assert "<script>alert(1)</script>" in shown
    assert "*fett* _kursiv_ `code` | # [x](https://evil.example)" in shown
    assert HOSTILE not in to_markdown([hostile()])


def test_a_report_has_the_balance_the_article_and_the_ledger() -> None:
    report = to_markdown([sample()])
    headings = re.findall(r"^#+ .*", report, re.MULTILINE)
    assert headings == ["# Umbau verschoben", "## Source balance", "## Article", "## Ledger"]
    assert "known only through Hafenpost" in report
    assert "    - ← **ein früherer Beamter** (described only, 5 statements, 1 disputed)" in report
    assert r"\[**4** Der Rat habe ihm gesagt, \[**5** «man warte ab»\]\]" in report
    assert "> Mehr «Region»" in report
    assert "   - **ein früherer Beamter** (described only), through Hafenpost" in report
    assert "   - disputed by Ada Lenz (6)" in report
    assert report.count("(unsure)") == 1
