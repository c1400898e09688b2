"""Inputs in pieces: together they are the input, whatever it holds and wherever it is cut."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquit.errors import UsageError
from inquit.readers import Limits, read_paths
from inquit.records import Article, Rejected
from inquit.spark import isolation, pieces
from inquit.spark.pieces import Piece, dealt, divided, divisions, pieces_of, read_piece, surveyed
from inquit.spark.places import Found, full, listed

SENTENCE = "Die Schleuse bleibt zu, sagte Ina Lohse."


def in_pieces(path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, Article | Rejected]]:
    with monkeypatch.context() as changed:
        changed.setattr(pieces, "PIECE", size)
        cut: list[Piece] = []
        for file in pieces_of(str(path), manifest=False, access={}):
            survey = [surveyed(file, begin, end, {}) for begin, end in divisions(file, {})]
            cut += divided(file, survey)
        return [item for piece in cut for item in read_piece(piece, Limits(max_bytes=500), {})]


lines = st.one_of(
    st.text(max_size=60).map(lambda text: json.dumps({"text": f"{SENTENCE} {text}"}, ensure_ascii=False)),
    st.sampled_from(["", "{kaputt", "[1]", '{"title": "ohne Text"}', json.dumps({"text": "x" * 2000}), "\ufeff"]),
)


@given(st.lists(lines, max_size=12), st.booleans(), st.integers(20, 400))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pieces_of_lines_are_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: list[str], ends: bool, size: int
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(line.replace("\n", " ") for line in content) + "\n" * ends, "utf-8")
    found = in_pieces(path, size, monkeypatch)
    assert [item for _, item in found] == list(read_paths([path], limits=Limits(max_bytes=500), every_language=True))
    positions = [position for position, _ in found]
    assert positions == sorted(set(positions))


def test_pieces_of_row_groups_are_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    rows = [{"text": f"{SENTENCE} {n}" if n % 7 else ""} for n in range(50)]
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=4)
    found = in_pieces(tmp_path / "a.parquet", 300, monkeypatch)
    assert [item for _, item in found] == list(read_paths([tmp_path / "a.parquet"], every_language=True))
    positions = [position for position, _ in found]
    assert positions == sorted(set(positions))


@given(st.lists(st.integers(0, 10**9), max_size=60), st.integers(1, 9))
def test_tasks_get_all_pieces_and_about_as_much_each(sizes: list[int], tasks: int) -> None:
    files = [Piece(number, f"{number}.txt", size, found=True) for number, size in enumerate(sizes)]
    hands = dealt(files, tasks)
    assert sorted(piece.number for hand in hands for piece in hand) == list(range(len(sizes)))
    loads = [sum(piece.size + pieces.FILE_COSTS for piece in hand) for hand in hands]
    if loads:
        assert max(loads) <= sum(loads) / tasks + max(sizes) + pieces.FILE_COSTS


def test_a_manifest_names_files_from_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(SENTENCE, "utf-8")
    manifest = tmp_path / "list.txt"
    manifest.write_text(f"# what there is\nin\n\n{tmp_path}/in/a.txt\nfehlt.txt\n", "utf-8")
    found = pieces_of(str(manifest), manifest=True, access={})
    assert [(piece.uri, piece.found, piece.rejected and piece.rejected.reason) for piece in found] == [
        (str(tmp_path / "in" / "a.txt"), True, None),
        (str(tmp_path / "in" / "a.txt"), False, None),
        (str(tmp_path / "fehlt.txt"), False, "missing"),
    ]
    with pytest.raises(UsageError, match="cannot be read"):
        pieces_of(str(tmp_path / "none.txt"), manifest=True, access={})


def test_a_path_is_a_place_on_a_disk_and_standard_input_is_none(tmp_path: Path) -> None:
    assert full(str(tmp_path)) == f"file://{tmp_path}"
    assert full("s3a://bucket/out/") == "s3a://bucket/out"
    (one,) = listed("-", {})
    assert isinstance(one, Rejected)
    assert one.reason == "unsupported"
    (tmp_path / "a b.txt").write_text(SENTENCE, "utf-8")
    assert [*listed(f"file://{tmp_path}/a%20b.txt", {})] == [Found(f"{tmp_path}/a b.txt", len(SENTENCE), found=False)]


def test_a_place_that_cannot_be_reached_is_a_reject() -> None:
    (one,) = listed("nowhere://host/folder", {})
    assert isinstance(one, Rejected)
    assert one.reason == "unreadable"


def die_at_three(number: int) -> str:
    """What reading does where an article takes its process down."""
    import os

    if number == 3:
        os._exit(9)
    return f"read {number}"


def test_what_kills_its_process_costs_itself_alone() -> None:
    found: Any = isolation.one_by_one(die_at_three, range(1, 6), lambda number: f"lost {number}")
    assert list(found) == ["read 1", "read 2", "lost 3", "read 4", "read 5"]
