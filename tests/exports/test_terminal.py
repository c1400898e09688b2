import io
import re
import unicodedata

import pytest
from exportsamples import balance, few, hostile, ledgers, sample
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from inquit.exports import to_terminal
from inquit.exports.signs import signs
from inquit.records import Ledger

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class _Screen(io.TextIOWrapper):
    """A stream of one encoding that is or is not a terminal."""

    def __init__(self, encoding: str = "utf-8", *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("ledger", [sample(), hostile()], ids=["sample", "hostile"])
def test_no_line_is_wider_than_the_screen_or_ends_in_blanks(ledger: Ledger, width: int) -> None:
    for line in to_terminal(ledger, why=True, stream=_Screen(), width=width).splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


@few
@given(ledgers(), st.integers(30, 140), st.sampled_from(["utf-8", "ascii", "cp1252"]))
def test_any_ledger_is_shown_harmlessly(ledger: Ledger, width: int, encoding: str) -> None:
    shown = to_terminal(ledger, why=True, stream=_Screen(encoding), width=width)
    shown.encode(encoding)
    for line in shown.split("\n"):
        assert cell_len(line) <= width
        assert all(unicodedata.category(character) not in {"Cc", "Cs"} for character in line)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028]", line)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_everything_a_reader_needs_is_there(width: int) -> None:
    shown = " ".join(to_terminal(sample(), stream=_Screen(), width=width).split())
    assert "4 of 8 statements rest on one unnamed source" in shown
    assert shown.index("Disputed") < shown.rindex("Küstenblick") < shown.index("├─")
    assert "known only through Hafenpost" in shown
    assert "hedged: offenbar" in shown
    assert "✕ disputed by Ada Lenz (6)" in shown
    assert shown.count("unsure") == 1
    assert "no source in the text" in shown


def test_every_statement_is_shown_in_the_order_of_the_ledger() -> None:
    shown = to_terminal(sample(), stream=_Screen(), width=200)
    numbers = [int(found) for found in re.findall(r"^ ?(\d+)  ", shown, re.MULTILINE)]
    assert numbers == list(range(1, 9))
    assert "«Wir haben seit Mai nichts mehr gebaut.»" in shown


def test_reasons_are_printed_only_when_asked_for() -> None:
    assert "cue “berichtet”" not in to_terminal(sample(), stream=_Screen(), width=100)
    assert "cue “berichtet”" in to_terminal(sample(), why=True, stream=_Screen(), width=100)


def test_colour_is_for_terminals_and_carries_nothing_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = to_terminal(sample(), stream=_Screen(), width=80)
    coloured = to_terminal(sample(), stream=_Screen(terminal=True), width=80)
    assert "\x1b" not in piped
    assert "\x1b[31m" in coloured
    assert [line.rstrip() for line in _ANSI.sub("", coloured).splitlines()] == piped.splitlines()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[3\d", to_terminal(sample(), stream=_Screen(terminal=True), width=80))


def test_markup_of_the_library_is_only_text() -> None:
    shown = to_terminal(hostile(), stream=_Screen(terminal=True), width=120)
    assert "[bold]rot[/bold]" in " ".join(_ANSI.sub("", shown).split())
    assert ":smile:" in shown


def test_a_screen_without_these_signs_gets_the_nearest() -> None:
    shown = to_terminal(sample(), stream=_Screen("ascii"), width=80)
    assert shown.isascii()
    assert "|-o" in shown or "`-o" in shown or "|-*" in shown
    assert signs("ascii").shown("„Über“ – 5 €") == '"Ueber" - 5 EUR'
    assert "für" in signs("cp1252").shown("für → „so“")
    assert signs("no-such-encoding").solid == "="


def test_an_article_without_statements_says_so() -> None:
    empty = Ledger(article=sample().article, quotations=(), summary=balance(()))
    assert "No statements were found" in to_terminal(empty, stream=_Screen(), width=80)
