"""The corpus as its users have it: articles in, questions answered, by command line and from Python."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from webserver import page, serving

from inquit import corpus as corpora
from inquit import readers
from inquit import workers as processes
from inquit.corpus import Corpus, Correction, Relay, open_corpus
from inquit.errors import CorpusError, UnknownIdError, UsageError
from inquit.languages import Language, language
from inquit.records import Article, Kept, Rejected, SearchQuery, SourceQuery, Span
from inquit.store import Entry

NAMES = ("Ina Lohse", "Uwe Behm", "Eva Roth")
URL = "https://tagblatt.example/bruecke"


def text(number: int) -> str:
    name = NAMES[number % 3]
    return f"Zur Brücke {number}\n\n„Wir können Brücke {number} nicht öffnen“, sagte Baurätin {name} am Montag.\n"


def articles(numbers: Iterable[int]) -> list[Article | Rejected]:
    return [
        Article(
            id=f"{n:016x}",
            origin=f"{n}.txt",
            text=text(n),
            language="de",
            outlet=f"Blatt {n % 2}",
            published="2025-03-01",
        )
        for n in numbers
    ]


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "inquit", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": os.pathsep.join(sys.path), **environment},
    )


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start further processes after a few articles, so that tests need no more."""
    monkeypatch.setattr(processes, "FEW", 8)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterable[Corpus]:
    with open_corpus(tmp_path / "c.db", create=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three articles and a file that is none."""
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.txt").write_text(text(number), "utf-8")
    (tmp_path / "in" / "leer.txt").write_text(" \n", "utf-8")
    return tmp_path


def test_adding_reads_and_yields_what_is_safely_in(corpus: Corpus) -> None:
    items = [*articles(range(2)), Rejected(origin="x", reason="empty", detail="nothing"), *articles([2])]
    kept = list(corpus.add_articles(items))
    assert [one.outcome if isinstance(one, Kept) else one.reason for one in kept] == [
        "added",
        "added",
        "empty",
        "added",
    ]
    assert corpus.count().articles == 3
    assert {source.name for source in corpus.sources(SourceQuery())} == set(NAMES)
    (hit,) = corpus.search(SearchQuery(words='"Brücke 1"', among="statements"))
    assert hit.speaker == "Uwe Behm"


def test_what_is_there_is_not_read_again(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    list(corpus.add_articles(articles(range(3))))
    read: list[str] = []
    original = processes._entries

    def noted(batch: list[Article]) -> list[Entry]:
        read.extend(article.id for article in batch)
        return original(batch)

    monkeypatch.setattr(processes, "_entries", noted)
    kept = list(corpus.add_articles(articles(range(4))))
    assert [one.outcome for one in kept if isinstance(one, Kept)] == ["unchanged"] * 3 + ["added"]
    assert read == [articles([3])[0].id]  # type: ignore[union-attr]


def test_new_weights_make_articles_due(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge = tmp_path / "de"
    shutil.copytree(Path(str(language("de").folder())), knowledge)
    monkeypatch.setattr(Language, "folder", lambda _: knowledge)
    corpora.reader.cache_clear()
    try:
        list(corpus.add_articles(articles(range(3))))
        shipped = corpora.reader()
        assert corpus.reread()[0] == 0
        for name in corpora.NOT_READING:
            (knowledge / name).write_bytes((knowledge / name).read_bytes() + b"#")
        corpora.reader.cache_clear()
        assert (corpora.reader(), corpus.reread()[0]) == (shipped, 0)
        weights = knowledge / "reader" / "member-1" / "roles.onnx"
        weights.write_bytes(weights.read_bytes()[:-1] + b"\0")
        corpora.reader.cache_clear()
        assert corpora.reader() != shipped
        due, kept = corpus.reread()
        assert due == 3
        assert [one.outcome for one in kept if isinstance(one, Kept)] == ["reread"] * 3
        assert corpus.article(f"{0:016x}").reader == corpora.reader()
        assert corpus.reread()[0] == 0
    finally:
        corpora.reader.cache_clear()


def test_several_processes_give_the_result_of_one(tmp_path: Path) -> None:
    found = []
    for workers in (1, 2):
        with open_corpus(tmp_path / f"{workers}.db", create=True) as opened:
            kept = list(opened.add_articles(articles(range(40)), workers=workers))
            everything = [(one.article, one.quotations, one.sources) for one in opened.articles()]
            found.append((kept, everything, opened.sources(SourceQuery(limit=100))))
    assert found[0] == found[1]
    assert len(found[0][1]) == 40


def die(batch: list[Article]) -> list[Entry]:
    """Reads as usual, but dies at one article like a program that is out of memory."""
    if any(article.id.endswith("14") for article in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return [Entry(article=article) for article in batch]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_process_that_dies_costs_only_the_article_in_hand(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_read", die)
    kept = list(corpus.add_articles(articles(range(30)), workers=2))
    failed = [one for one in kept if isinstance(one, Kept) and one.outcome == "failed"]
    assert [(one.origin, one.detail) for one in failed] == [("20.txt", "the process that read it died")]
    assert corpus.count().articles == 30
    assert corpus.count().failed == 1


def test_where_no_processes_can_be_started_reading_goes_on_in_this_one(tmp_path: Path) -> None:
    # A script from standard input cannot be started again, which further processes need.
    script = (
        "from inquit.corpus import open_corpus\nfrom inquit.records import Article\n"
        f"items = [Article(id=str(n), origin=str(n), text='Nummer ' + str(n), language='de') for n in range(60)]\n"
        f"kept = list(open_corpus({str(tmp_path / 'c.db')!r}, create=True).add_articles(items, workers=2))\n"
        "print({one.outcome for one in kept}, len(kept))\n"
    )
    done = subprocess.run(
        [sys.executable, "-"],
        input=script,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout == "{'added'} 60\n"
    assert "no further processes can be started" in done.stderr


def test_a_language_that_is_not_read_is_kept_and_read_when_it_is_learned(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = Article(id="f" * 16, origin="f.txt", text=text(1), language="xx")
    (kept,) = corpus.add_articles([foreign])
    assert isinstance(kept, Kept)
    assert (kept.outcome, corpus.count().unread) == ("unread", {"xx": 1})
    assert corpus.reread()[0] == 0
    monkeypatch.setattr(corpora, "READ", ("de", "xx"))
    monkeypatch.setattr(processes, "READ", ("de", "xx"))
    monkeypatch.setattr(processes, "read_together", lambda batch: [Entry(article=article) for article in batch])
    n, again = corpus.reread()
    assert (n, [one.outcome for one in again if isinstance(one, Kept)]) == (1, ["reread"])
    assert corpus.count().unread == {}


def test_an_article_that_was_kept_unread_is_read_without_its_furniture(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = f"Politik\n\n{text(1)}\nLesen Sie auch: „Alles wird teuer“, warnt Ina Lohse\n\n{text(2)}"
    known = readers.read_text(whole, origin="a file")
    assert isinstance(known, Article)
    assert known.furniture
    with monkeypatch.context() as unlearned:
        unlearned.setattr(processes, "READ", ())
        (kept,) = corpus.add_articles([replace(known, furniture=())])
    assert isinstance(kept, Kept)
    assert kept.outcome == "unread"
    assert [one.outcome for one in corpus.reread()[1] if isinstance(one, Kept)] == ["reread"]
    assert corpus.article(known.id).article == known


def test_a_failure_is_kept_with_the_exception_and_read_again(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(processes, "read_together", lambda batch: [ZeroDivisionError("on purpose") for _ in batch])
        (kept,) = corpus.add_articles(articles([1]))
    assert isinstance(kept, Kept)
    assert (kept.outcome, kept.detail) == ("failed", "ZeroDivisionError: on purpose")
    assert [one.outcome for one in corpus.reread()[1] if isinstance(one, Kept)] == ["reread"]
    assert corpus.count().statements == 1


def test_rereading_is_due_when_another_inquit_read(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    list(corpus.add_articles(articles(range(3))))
    identifier = f"{articles([1])[0].id}:0"  # type: ignore[union-attr]
    corpus.mark(identifier, "right", note="heard it")
    assert corpus.reread()[0] == 0
    assert corpus.reread(everything=True)[0] == 3
    monkeypatch.setattr(corpora, "reader", lambda: "inquit 99")
    n, again = corpus.reread()
    assert n == len(list(again)) == 3
    kept = corpus.article(articles([1])[0].id)  # type: ignore[union-attr]
    assert (kept.reader, kept.verdicts[0].note) == ("inquit 99", "heard it")


def test_corrections_become_gold(corpus: Corpus) -> None:
    list(corpus.add_articles(articles(range(3))))
    first, second, third = (one.id for one in articles(range(3)) if isinstance(one, Article))
    corpus.mark(f"{first}:0", "right")
    corpus.mark(
        f"{second}:0", "fixed", correction=Correction(speaker="Baurätin Uwe", stance="deny", quote=(Span(0, 5),))
    )
    corpus.mark(f"{third}:0", "wrong")
    gold = {ledger.article.id: ledger for ledger in corpus.gold()}
    assert gold[first].quotations[0].chain[-1].name == NAMES[0]
    fixed = gold[second].quotations[0]
    assert (fixed.chain[-1].name, fixed.stance, fixed.quote) == ("Baurätin Uwe", "deny", (Span(0, 5),))
    begin, end = fixed.chain[-1].mention
    assert (text(1)[begin:end], fixed.speaker) == ("Baurätin Uwe", (fixed.chain[-1].mention,))
    assert gold[third].quotations == ()
    assert corpus.article(third).summary == gold[third].summary


def test_the_chain_is_corrected_and_known_links_stay_as_they_are(corpus: Corpus) -> None:
    words = "Laut dpa und Harzbote sagte Landrätin Imke Harms: „Die Brücke bleibt zu.“"
    article = Article(id="00000000000000ff", origin="x", text=words, language="de")
    list(corpus.add_articles([article]))
    corpus.mark(
        f"{article.id}:0",
        "fixed",
        correction=Correction(speaker="Imke Harms", relays=(Relay("Harzbote"), Relay("dpa", "organization"))),
    )
    kept = corpus.article(article.id)
    chain = kept.quotations[0].chain
    assert kept.summary
    assert kept.summary.relayed_share == 1
    assert [(link.name, link.kind) for link in chain[:-1]] == [("Harzbote", "outlet"), ("dpa", "organization")]
    assert [article.text[slice(*link.mention)] for link in chain] == ["Harzbote", "dpa", "Imke Harms"]
    corpus.mark(f"{article.id}:0", "fixed", correction=Correction(relays=(Relay("dpa"),)))
    assert corpus.article(article.id).quotations[0].chain == chain[1:]
    corpus.mark(f"{article.id}:0", "fixed", correction=Correction(relays=()))
    kept = corpus.article(article.id)
    assert (kept.quotations[0].chain, kept.summary and kept.summary.relayed_share) == (chain[2:], 0)


@pytest.mark.parametrize(
    ("identifier", "judgement", "correction", "error"),
    [
        ("0000000000000001", "right", None, UnknownIdError),
        ("0000000000000001:7", "right", None, UnknownIdError),
        ("0000000000000001:7", "fixed", Correction(type="Direct"), UnknownIdError),
        ("nowhere:0", "right", None, UnknownIdError),
        ("0000000000000001:0", "fixed", None, UsageError),
        ("0000000000000001:0", "right", Correction(type="Direct"), UsageError),
        ("0000000000000001:0", "fixed", Correction(speaker="Niemand"), UsageError),
        ("0000000000000001:0", "fixed", Correction(speaker=" "), UsageError),
        ("0000000000000001:0", "fixed", Correction(quote=(Span(5, 9999),)), UsageError),
        ("0000000000000001:0", "fixed", Correction(relays=(Relay("Niemand"),)), UsageError),
        ("0000000000000001:0", "fixed", Correction(relays=(Relay("Bau"),) * 9), UsageError),
    ],
)
def test_wrong_verdicts_are_clear_errors(
    corpus: Corpus, identifier: str, judgement: str, correction: Correction | None, error: type[Exception]
) -> None:
    list(corpus.add_articles(articles([1])))
    with pytest.raises(error):
        corpus.mark(identifier, judgement, correction=correction)  # type: ignore[arg-type]
    assert corpus.count().verdicts == 0


def test_what_changed_between_versions(corpus: Corpus) -> None:
    old = Article(id="a1", origin="o", url=URL, text="Zeile eins.\n\nZeile zwei.\n", title="Alt", language="de")
    new = Article(id="a2", origin="o", url=URL, text="Zeile eins.\n\nZeile drei.\n", title="Neu", language="de")
    list(corpus.add_articles([old, new]))
    versions, (change,) = corpus.changes(URL)
    assert [version.id for version in versions] == ["a1", "a2"]
    assert (change.title, change.removed, change.added) == (("Alt", "Neu"), ("Zeile zwei.",), ("Zeile drei.",))
    assert corpus.article(URL).article.id == "a2"
    assert corpus.article("a1").article.text == old.text


def test_stopping_keeps_what_is_read_and_the_next_run_adds_the_rest(corpus: Corpus) -> None:
    for workers in (1, 2):
        numbers = range(workers * 100, workers * 100 + 60)
        done: list[object] = []
        stop = lambda done=done: len(done) >= 1  # noqa: E731

        def watched(numbers: Iterable[int] = numbers, done: list[object] = done) -> Iterable[Article | Rejected]:
            for n, item in enumerate(articles(numbers)):
                if n == 40:
                    done.append(item)
                yield item

        first = list(corpus.add_articles(watched(), workers=workers, stop=stop))
        assert len(first) < 60
        rest = list(corpus.add_articles(articles(numbers), workers=workers))
        outcomes = [one.outcome for one in rest if isinstance(one, Kept)]
        assert outcomes == ["unchanged"] * len(first) + ["added"] * (60 - len(first))


def test_workers_must_be_some(corpus: Corpus) -> None:
    with pytest.raises(UsageError):
        list(corpus.add_articles(articles(range(2)), workers=0))


def test_add_search_sources_show_mark(folder: Path) -> None:
    added = run("add", "in", cwd=folder)
    assert added.returncode == 1
    assert added.stderr.splitlines()[-1] == "inquit: 3 added, 1 rejected (1 empty); 3 new statements"
    again = run("add", "in", "--json", cwd=folder)
    assert [json.loads(line)["outcome"] for line in again.stdout.splitlines()] == ["unchanged"] * 3 + ["rejected"]

    (hit,) = map(
        json.loads, run("search", "bruecke", "2", "--in", "statements", "--json", cwd=folder).stdout.splitlines()
    )
    assert (hit["speaker"], hit["type"], hit["kind"]) == ("Eva Roth", "Direct", "statement")
    assert "Eva Roth" in run("search", "Brücke 2", cwd=folder).stdout

    profiles = [json.loads(line) for line in run("sources", "--limit", "2", "--json", cwd=folder).stdout.splitlines()]
    assert [one["statements"] for one in profiles] == [1, 1]
    source = json.loads(run("show", hit["source"], "--json", cwd=folder).stdout)
    assert (source["source"]["name"], source["statements"][0]["id"]) == ("Eva Roth", hit["id"])

    marked = run("mark", hit["id"], "fixed", "--stance", "deny", "--note", "so war es", cwd=folder)
    assert (marked.returncode, marked.stdout) == (0, f"{hit['id']} judged fixed: so war es\n")
    shown = json.loads(run("show", hit["id"], "--json", cwd=folder).stdout)
    assert (shown["quotation"]["stance"], shown["verdict"]["judgement"]) == ("deny", "fixed")
    ledger = json.loads(run("show", hit["article"], "--json", cwd=folder).stdout)
    assert ledger["article"]["text"] == text(2)
    assert ledger["corpus"]["verdicts"]["0"]["note"] == "so war es"
    readable = run("show", hit["article"], cwd=folder).stdout
    assert "Eva Roth" in readable
    assert "judged fixed, so war es" in readable
    counts = json.loads(run("show", "--json", cwd=folder).stdout)
    assert (counts["articles"], counts["rejected"], counts["verdicts"]) == (3, {"empty": 1}, 1)
    assert "leer.txt: empty" in run("show", "--rejected", cwd=folder).stdout


def test_the_commands_of_the_readme_lead_from_folder_and_feed_to_answers(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    section = (root / "README.md").read_text("utf-8").partition("## A whole archive")[2].partition("\n## ")[0]
    fences = re.findall(r"^```(\w*)\n(.*?)^```$", section, flags=re.M | re.S)
    commands = [shlex.split(line) for kind, fence in fences if not kind for line in fence.splitlines()]
    shutil.copytree(root / "examples", tmp_path / "examples")
    answers: dict[str, list[str]] = {}
    with serving() as site:
        told = "".join(
            f"<p>Die Brücke {n} bleibt nach Angaben der Stadt noch lange für den Verkehr gesperrt. "
            f"„Wir bauen Brücke {n} bis Ostern neu“, sagte Baurätin Ina Lohse am Montag.</p>"
            for n in range(5)
        )
        site.pages["/1"] = page(f"<html><body><article><h1>Zur Brücke</h1>{told}</article></body></html>")
        feed = f"<rss version='2.0'><channel><item><link>{site.url}/1</link></item></channel></rss>"
        site.pages["/feed.xml"] = page(feed, "application/rss+xml")
        for _, *arguments in commands:
            here = [one.replace("https://www.example.org", site.url) for one in arguments]
            private = ["--allow-private"] if here[0] == "watch" else []
            done = run(*here, *private, cwd=tmp_path)
            assert done.returncode == 0, (arguments, done.stderr)
            assert "rejected" not in done.stderr
            answers[" ".join(arguments)] = done.stdout.splitlines()
    assert [len(answers[name]) > 0 for name in answers if name.startswith(("search", "sources"))] == [True] * 3
    assert "Ina Lohse" in run("search", "Ostern", cwd=tmp_path).stdout
    assert (tmp_path / "statements.parquet").stat().st_size > 0


def test_sources_are_merged_and_split_from_the_command_line(folder: Path) -> None:
    run("add", "in", cwd=folder)
    one, two, _ = (json.loads(line) for line in run("sources", "--json", cwd=folder).stdout.splitlines())
    named = ("--corpus", "inquit.db", "--json")
    merged = json.loads(run("sources", "merge", one["id"], two["id"], *named, cwd=folder).stdout)
    assert (merged["statements"], merged["name"]) == (2, one["name"])
    split = run("sources", "split", one["id"], two["id"], "--json", cwd=folder)
    assert [json.loads(line)["statements"] for line in split.stdout.splitlines()] == [1, 1]


def test_history_shows_what_an_outlet_changed(folder: Path) -> None:
    head = f'<head><title>Brücke</title><link rel="canonical" href="{URL}"></head>'
    body = "<h1>Zur Brücke</h1>" + "".join(
        f"<p>Die Brücke Nummer {n} bleibt nach Angaben der Stadt noch lange für den Verkehr gesperrt.</p>"
        for n in range(5)
    )
    for content in (body, body.replace("noch lange", "bis Ostern", 1)):
        (folder / "page.html").write_text(f"<html>{head}<body><article>{content}</article></body></html>", "utf-8")
        assert run("add", "page.html", cwd=folder).returncode == 0
    shown = run("show", URL, "--history", cwd=folder)
    assert "version 2" in shown.stdout
    assert "+Die Brücke Nummer 0 bleibt nach Angaben der Stadt bis Ostern" in shown.stdout
    told = json.loads(run("show", URL, "--history", "--json", cwd=folder).stdout)
    assert [version["current"] for version in told["versions"]] == [False, True]
    assert len(told["changes"][0]["removed"]) == 1


def test_errors_are_one_line_and_have_a_status(folder: Path) -> None:
    wrong: tuple[tuple[tuple[str, ...], int, str], ...] = (
        (("search", "x"), 1, "there is no such corpus"),
        (("add", "in", "--corpus", "in"), 1, "is a folder"),
        (("show", "--history", "--corpus", "c.db"), 2, "--history needs"),
        (("search", "x", "--corpus", "postgresql://a:secret@/b?host=/nowhere"), 1, "no connection"),
    )
    for arguments, status, words in wrong:
        done = run(*arguments, cwd=folder)
        assert done.returncode == status
        assert words in done.stderr
        assert "Traceback" not in done.stderr
        assert "secret" not in done.stderr
    run("add", "in/0.txt", cwd=folder)
    unknown: tuple[tuple[str, ...], ...] = (("show", "nobody"), ("show", "s000000000000000"), ("mark", "x:0", "right"))
    for arguments in unknown:
        done = run(*arguments, cwd=folder)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert run("search", "x", "--since", "soon", cwd=folder).returncode == 2
    assert run("search", "nirgendwo", cwd=folder).stderr == "inquit: nothing found\n"


def test_the_corpus_of_the_environment_is_used(folder: Path) -> None:
    run("add", "in/0.txt", cwd=folder, INQUIT_CORPUS="other.db")
    assert (folder / "other.db").exists()
    assert not (folder / "inquit.db").exists()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_stops_after_the_article_in_hand(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(400):
        (tmp_path / "in" / f"{number:03}.txt").write_text(text(number) * 20, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "inquit", "add", "in", "--json", "--workers", "1"],
        cwd=tmp_path,
        bufsize=0,  # or the lines behind the first would be lost in a buffer
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=60)
    printed = [json.loads(line) for line in (first + rest).splitlines()]
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert b"the next run adds the rest" in errors
    with open_corpus(tmp_path / "inquit.db") as opened:
        assert opened.count().articles == len(printed) < 400


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_killed_run_leaves_no_processes_and_is_completed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(120):
        (tmp_path / "in" / f"{number:03}.txt").write_text(text(number), "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "inquit", "add", "in", "--workers", "2"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "inquit.db").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.5)
    process.kill()
    process.wait()
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    else:
        os.killpg(process.pid, signal.SIGKILL)
        pytest.fail("processes were left behind")
    assert run("add", "in", cwd=tmp_path).returncode == 0
    with open_corpus(tmp_path / "inquit.db") as opened:
        assert opened.count().articles == opened.count().statements == 120


def test_asking_does_not_load_what_only_reading_needs() -> None:
    code = "import sys, inquit.cli; print([m for m in ('sqlalchemy', 'alembic', 'psycopg') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_corpus_is_not_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        open_corpus(tmp_path / "none.db")
