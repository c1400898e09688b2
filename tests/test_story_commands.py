"""`inquit stories`, `inquit claims` and `inquit show` as a desk uses them."""

import json
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from inquit import cli
from inquit.corpus import Corpus, open_corpus
from inquit.errors import InquitError
from inquit.records import Article, ClaimQuery, Kind, Naming, Quotation, Source, Span, Stance
from inquit.store import Entry, Traces, open_store

URL = "https://kuestenbote.example/werft"


def said(text: str, words: str, *chain: tuple[str, Kind, Naming], stance: Stance = "assert") -> Quotation:
    begin = text.index(words)
    links = tuple(
        Source(mention=Span(text.index(name), text.index(name) + len(name)), name=name, kind=kind, naming=naming)
        for name, kind, naming in chain
    )
    quote = (Span(begin, begin + len(words)),)
    return Quotation(id=0, type="Indirect", medium="Speech", quote=quote, chain=links, stance=stance, confidence=0.9)


def article(number: int, outlet: str, text: str) -> Article:
    return Article(
        id=f"{number:016x}",
        origin=f"{number}",
        text=text,
        language="de",
        title=text.splitlines()[0],
        outlet=outlet,
        url=URL if number == 1 else None,
        published=f"2025-03-0{number}T08:00:00+01:00",
    )


CLOSES = "die Werft Nordhaven schließe im Herbst"
FIRST = (
    f"Werft Nordhaven vor dem Ende\n\nEin Vorstandsmitglied sagte, {CLOSES}. Gut dreihundert Schweißer verlieren ihre "
    "Stelle. Der Betriebsrat der Werft in Nordhaven will kämpfen."
)
SECOND = (
    f"Werft Nordhaven schließt\n\nWie der Küstenbote unter Berufung auf ein Vorstandsmitglied berichtet, heißt es, "
    f"{CLOSES}. Die Schweißer der Werft Nordhaven wollen demonstrieren."
)
THIRD = (
    "Reeder widerspricht im Streit um die Werft Nordhaven\n\nHedda Brandt widersprach dem Küstenboten: Es stimme "
    "nicht, dass die Werft Nordhaven im Herbst schließe. Die Schweißer blieben."
)
UNNAMED: tuple[str, Kind, Naming] = ("Ein Vorstandsmitglied", "person", "anonymous")
RELAYED: tuple[str, Kind, Naming] = ("ein Vorstandsmitglied", "person", "anonymous")


def entries() -> list[Entry]:
    return [
        Entry(article=article(1, "Küstenbote", FIRST), quotations=(said(FIRST, CLOSES, UNNAMED),)),
        Entry(
            article=article(2, "Abendpost", SECOND),
            quotations=(said(SECOND, CLOSES, ("Küstenbote", "outlet", "named"), RELAYED),),
        ),
        Entry(
            article=article(3, "Sundpost", THIRD),
            quotations=(
                said(
                    THIRD, "die Werft Nordhaven im Herbst schließe", ("Hedda Brandt", "person", "named"), stance="deny"
                ),
            ),
        ),
    ]


@pytest.fixture
def name(tmp_path: Path) -> str:
    """A corpus that was never compared."""
    path = str(tmp_path / "c.db")
    with open_store(path, create=True) as store:
        store.keep(entries(), reader="r")
    return path


def run(*arguments: str, columns: int = 100) -> Result:
    return CliRunner().invoke(cli.inquit, arguments, env={"COLUMNS": str(columns)})


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_claims_show_what_a_desk_asks_at_any_width(name: str, columns: int) -> None:
    done = run("claims", "--corpus", name, columns=columns)
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= columns
    words = " ".join(done.stdout.split())
    assert "Werft Nordhaven" in words
    assert "2025-03-01 08:00" in words
    assert "Hedda" in words
    assert "100" in words  # percent without a name


def test_claims_as_json_are_the_format_of_the_contract(name: str) -> None:
    (line,) = run("claims", "--corpus", name, "--json").stdout.splitlines()
    claim = json.loads(line)
    assert [one["article"] for one in claim["statements"]] == [URL, f"{2:016x}"]
    assert [one["article"] for one in claim["denied_by"]] == [f"{3:016x}"]
    assert (claim["independent_sources"], claim["circular"]) == (1, False)
    (source,) = claim["primary_sources"]
    assert (source["naming"], source["first_in"]) == ("anonymous", URL)
    statement = claim["statements"][1]
    assert SECOND[slice(*statement["quote"][0])] == CLOSES


def test_stories_as_json_have_articles_and_links(name: str) -> None:
    (line,) = run("stories", "--corpus", name, "--json").stdout.splitlines()
    story = json.loads(line)
    assert story["articles"] == [URL, f"{2:016x}", f"{3:016x}"]
    link = next(one for one in story["links"] if one["from"] == f"{2:016x}")
    assert (link["to"], link["outlet"]) == (URL, "Küstenbote")
    assert link["why"]


def test_a_claim_and_a_story_are_shown_by_the_beginning_of_their_ids(name: str, tmp_path: Path) -> None:
    claim = json.loads(run("claims", "--corpus", name, "--json").stdout)
    shown = run("show", claim["id"][:6], "--corpus", name, "--why")
    assert shown.exit_code == 0
    assert all(outlet in shown.stdout for outlet in ("Küstenbote", "Abendpost", "Sundpost"))
    assert json.loads(run("show", claim["id"], "--corpus", name, "--json").stdout) == claim
    story = run("show", claim["story"], "--corpus", name)
    assert "names Küstenbote" in story.stdout
    assert claim["id"] in story.stdout
    assert json.loads(run("show", claim["story"], "--corpus", name, "--json").stdout)["claims"] == [claim]
    for identifier in (claim["id"], claim["story"]):
        page = tmp_path / "page.html"
        assert run("show", identifier, "--corpus", name, "--html", str(page)).exit_code == 0
        assert "Werft Nordhaven" in page.read_text("utf-8")
        page.unlink()


def test_html_needs_a_claim_or_a_story(name: str) -> None:
    done = run("show", f"{1:016x}", "--corpus", name, "--html", "x.html")
    assert done.exit_code == 2
    assert "--html needs" in done.stderr


def test_without_comparing_the_answer_says_what_it_does_not_know(name: str) -> None:
    done = run("claims", "--corpus", name, "--no-compare")
    assert done.stdout == ""
    assert "3 articles to be compared" in done.stderr
    told = json.loads(run("claims", "--corpus", name, "--no-compare", "--json").stderr.splitlines()[0])
    assert (told["articles_waiting"], told["stories_waiting"]) == (3, 0)
    assert run("claims", "--corpus", name).stdout
    assert "to be compared" not in run("claims", "--corpus", name, "--no-compare").stderr


def test_nothing_found_is_said_and_no_failure(name: str) -> None:
    for command in ("claims", "stories"):
        done = run(command, "Bürgermeister", "--corpus", name)
        assert (done.exit_code, done.stdout) == (0, "")
        assert "nothing found" in done.stderr


@pytest.mark.parametrize("identifier", ["c-ffffffff", "s-ffffffff", "c-", "s-"])
def test_an_unknown_id_is_an_error_of_one_line(name: str, identifier: str) -> None:
    done = run("show", identifier, "--corpus", name)
    assert isinstance(done.exception, InquitError)
    assert identifier in str(done.exception)


def test_a_corpus_that_does_not_exist_is_not_made(tmp_path: Path) -> None:
    done = run("claims", "--corpus", str(tmp_path / "none.db"))
    assert "there is no such corpus" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anything")
def test_a_corpus_that_can_only_be_read_is_read(name: str) -> None:
    run("claims", "--corpus", name)
    with sqlite3.connect(name) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    Path(name).chmod(0o444)
    assert "Werft Nordhaven" in run("claims", "--corpus", name).stdout


def test_a_verdict_changes_the_claim_at_the_next_question(name: str) -> None:
    assert run("mark", f"{2:016x}:0", "wrong", "--corpus", name).exit_code == 0
    (line,) = run("claims", "--corpus", name, "--json").stdout.splitlines()
    assert [one["article"] for one in json.loads(line)["statements"]] == [URL]


def test_a_step_that_is_killed_is_done_again(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Traces, "done", killed)
        with open_corpus(name, write=True) as corpus, pytest.raises(KeyboardInterrupt):
            corpus.compare()
    with open_corpus(name, write=True) as corpus:
        assert corpus.waiting().articles_waiting == 3
        corpus.compare()
        assert len(corpus.claims(ClaimQuery())) == 1


def test_a_story_that_fails_stops_no_other(
    name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("no such luck")

    monkeypatch.setattr("inquit.stories.compose", fails)
    done = run("stories", "--corpus", name)
    assert done.exit_code == 0
    assert "Werft Nordhaven" in done.stdout
    assert "no such luck" in caplog.text


def test_what_another_program_compared_is_compared_again(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_corpus(name, write=True) as corpus:
        assert corpus.compare().articles == 3
        assert corpus.compare().articles == 0
        monkeypatch.setattr("inquit.corpus.comparer", lambda: "a later Inquit")
        assert corpus.waiting().articles_waiting == 3
        assert corpus.compare().articles == 3
        assert len(corpus.claims(ClaimQuery())) == 1


def test_an_article_without_a_place_in_the_present_belongs_to_no_story(name: str) -> None:
    newer = replace(article(4, "Küstenbote", f"{FIRST} Stand: Abend."), url=URL)
    with open_store(name, writable=True) as store:
        Corpus(store).compare()
        store.keep([Entry(article=newer)], reader="r")
        Corpus(store).compare()
        (line,) = run("stories", "--corpus", name, "--json").stdout.splitlines()
    assert json.loads(line)["articles"] == [f"{2:016x}", f"{3:016x}", URL]
