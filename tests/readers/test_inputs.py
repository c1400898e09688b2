"""Paths to inputs: nothing is left out silently, nothing hangs, the order is stable."""

import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest
from scrapes import PARAGRAPH

from inquit.readers import Limits, count_inputs, read_file, read_paths
from inquit.readers.inputs import STANDARD_INPUT_ORIGIN
from inquit.records import Article, Rejected

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def seen(paths: list[str | Path], **limits: int) -> list[tuple[str, str]]:
    """What came of each input: its origin, and its text or the reason."""
    items = read_paths(paths, limits=Limits(**limits))
    return [(i.origin, i.text if isinstance(i, Article) else i.reason) for i in items]


def only(path: str | Path, **limits: int) -> Rejected:
    result = read_file(path, limits=Limits(**limits))
    assert isinstance(result, Rejected)
    return result


def test_a_folder_is_read_with_its_subfolders_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.txt", "c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Der Text von {name} ist da.")
    expected = [(str(tmp_path / n), f"Der Text von {n} ist da.") for n in ("a/y.txt", "a/z.txt", "b.txt", "c.txt")]
    assert seen([tmp_path]) == expected
    assert count_inputs([tmp_path]) == 4
    assert seen([tmp_path / "c.txt", tmp_path / "a"]) == [expected[3], *expected[:2]]


def test_in_a_folder_hidden_files_are_no_inputs_and_those_of_other_types_are_skipped(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".git/a.txt", ".hidden.txt", "article.txt", "picture.png", "README.md", "noending"):
        (tmp_path / name).write_text("Der Text ist da.")
    expected = [
        (str(tmp_path / "README.md"), "skipped"),
        (str(tmp_path / "article.txt"), "Der Text ist da."),
        (str(tmp_path / "noending"), "Der Text ist da."),
        (str(tmp_path / "picture.png"), "skipped"),
    ]
    assert seen([tmp_path]) == expected
    assert count_inputs([tmp_path]) == 4
    assert sorted(seen([f"{tmp_path}/**"])) == sorted(expected)
    assert seen([tmp_path / "README.md"]) == [(str(tmp_path / "README.md"), "unsupported")]
    assert seen([f"{tmp_path}/*.md"]) == [(str(tmp_path / "README.md"), "unsupported")]
    assert seen([tmp_path / ".hidden.txt"]) == [(str(tmp_path / ".hidden.txt"), "Der Text ist da.")]


def test_a_pattern_that_the_shell_left_alone(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "x.html", "sub/c.txt", "brackets[1].txt"):
        (tmp_path / name).write_text("Der Text ist da.")
    names = [Path(origin).name for origin, _ in seen([f"{tmp_path}/*.txt"])]
    assert names == ["a.txt", "b.txt", "brackets[1].txt"]
    names = [Path(origin).name for origin, _ in seen([f"{tmp_path}/**/*.txt"])]
    assert sorted(names) == ["a.txt", "b.txt", "brackets[1].txt", "c.txt"]
    assert seen([f"{tmp_path}/**"]) == seen([tmp_path])
    assert seen([f"{tmp_path}/brackets[1].txt"]) == [(f"{tmp_path}/brackets[1].txt", "Der Text ist da.")]
    assert seen([f"{tmp_path}/*.pdf"]) == [(f"{tmp_path}/*.pdf", "missing")]


def test_missing_and_unreadable(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert only(tmp_path / "no.txt").reason == "missing"
    assert seen([tmp_path / "no.txt", "a\0b"]) == [
        (str(tmp_path / "no.txt"), "missing"),
        ("a\N{SYMBOL FOR NULL}b", "missing"),
    ]
    assert [reason for _, reason in seen([tmp_path])] == ["unreadable", "unreadable"]
    assert only(tmp_path).reason == "unreadable"
    assert only(f"{tmp_path}/broken.txt/x").reason in {"missing", "unreadable"}
    assert seen(["x" * 5000]) == [("x" * 5000, "missing")]


@pytest.mark.skipif(ROOT, reason="the superuser reads everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("Der Text ist da.")
    path.chmod(0)
    assert only(path).reason == "unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_pipes_and_devices_are_refused_and_do_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert only(tmp_path / "pipe.txt").reason == "unreadable"
    assert "pipe" in only(tmp_path / "pipe.txt").detail
    assert only("/dev/zero").reason == "unreadable"


def test_a_folder_that_holds_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "sub" / "a.txt").write_text("Der Text ist da.")
    assert [result for _, result in seen([tmp_path])] == ["Der Text ist da.", "unreadable"]


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)
    assert only(path).reason == "too large"
    (tmp_path / "small.txt").write_text("Der Text ist da.")
    assert only(tmp_path / "small.txt", max_bytes=15).reason == "too large"
    assert isinstance(read_file(tmp_path / "small.txt", limits=Limits(max_bytes=16)), Article)


class Stream:
    """Standard input that gives the same bytes without end, and counts them."""

    def __init__(self) -> None:
        self.given = 0
        self.buffer = self

    def read(self, size: int) -> bytes:
        self.given += size
        return b"a" * size


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PARAGRAPH.encode())))
    assert seen(["-"]) == [(STANDARD_INPUT_ORIGIN, PARAGRAPH)]
    endless = Stream()
    monkeypatch.setattr(sys, "stdin", endless)
    assert seen(["-"], max_bytes=3_000_000) == [(STANDARD_INPUT_ORIGIN, "too large")]
    assert endless.given < 6_000_000
    monkeypatch.setattr(sys, "stdin", None)
    assert seen(["-"]) == [(STANDARD_INPUT_ORIGIN, "unreadable")]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_can_be_printed(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/a\xff.txt"
    Path(os.fsdecode(path)).write_text("Der Text ist da.")
    assert seen([tmp_path]) == [(f"{tmp_path}/a\N{REPLACEMENT CHARACTER}.txt", "Der Text ist da.")]


def test_inputs_are_read_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Der Text ist da.")
    items = read_paths([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert isinstance(next(items), Article)
    (tmp_path / "b.txt").write_text("Der zweite Text ist da.")
    assert isinstance(next(items), Article)


def test_how_many_articles_is_unknown_where_one_file_may_hold_many(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Der Text ist da.")
    assert count_inputs([tmp_path, tmp_path / "a.txt", "gone.txt"]) == 3
    assert count_inputs([tmp_path, "archive.jsonl.gz"]) == 2  # a file that is not there holds none
    (tmp_path / "archive.jsonl.gz").write_bytes(b"")
    assert count_inputs([tmp_path]) is None
    assert count_inputs(["-"]) is None


def test_a_file_beside_an_article_describes_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PARAGRAPH)
    (tmp_path / "a.json").write_text(
        json.dumps({"outlet": "Tagblatt", "autor": "Von Ida Kern und dpa", "url": "https://tagblatt.example/a"})
    )
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(f"<html><body><p>{PARAGRAPH}</p></body></html>".encode()))
    (tmp_path / "b.json").write_text('{"outlet": "Bote", "published": "2025-02-04", "title": "Halt"}')
    first, second = [item for item in read_paths([tmp_path]) if isinstance(item, Article)]
    assert (first.outlet, first.authors, first.credits) == ("Tagblatt", ("Ida Kern",), ("dpa",))
    assert (first.url, first.text) == ("https://tagblatt.example/a", PARAGRAPH)
    assert (second.outlet, second.published, second.title) == ("Bote", "2025-02-04", "Halt")
    assert len(seen([tmp_path])) == len(seen([f"{tmp_path}/*"])) == count_inputs([tmp_path]) == 2
    assert read_file(tmp_path / "a.txt") == first
    assert seen([tmp_path / "a.json"]) == [(str(tmp_path / "a.json"), "no article")]


def test_a_broken_description_is_counted_and_the_article_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Der Text ist da.")
    (tmp_path / "a.json").write_text('{"outlet": ')
    assert seen([tmp_path]) == [(str(tmp_path / "a.json"), "damaged"), (str(tmp_path / "a.txt"), "Der Text ist da.")]


def test_json_beside_nothing_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{\n "text": "Der Text ist da.",\n "outlet": "Bote"\n}')
    assert seen([tmp_path]) == [(str(tmp_path / "a.json"), "Der Text ist da.")]
