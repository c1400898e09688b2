"""How far reading has come is told in bytes of the files, packed or not."""

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from inquit.readers import meter, read_paths


def lines(n: int) -> bytes:
    return b"".join(json.dumps({"text": f"Der {k}. Text ist da. " * 40}).encode() + b"\n" for k in range(n))


def test_it_grows_with_each_file_and_ends_at_the_whole(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(3000))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines(10)))
    (tmp_path / "c.png").write_bytes(b"\x89PNG")
    found = meter([tmp_path])
    assert found is not None
    assert found.total == sum(path.stat().st_size for path in tmp_path.iterdir())
    seen = [(found.read, item)[0] for item in read_paths([tmp_path], progress=found)]
    assert seen == sorted(seen)
    assert 0 < seen[0] < found.total / 2  # a file is not read in one piece
    assert len(set(seen)) > 3
    assert found.read == found.total


def test_nobody_knows_the_end_of_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Ein Text.")))
    assert meter([tmp_path, "-"]) is None


def test_what_is_not_there_counts_nothing(tmp_path: Path) -> None:
    found = meter([tmp_path / "none", tmp_path])
    assert found is not None
    assert [item.origin for item in read_paths([tmp_path / "none"], progress=found)] == [str(tmp_path / "none")]
    assert (found.total, found.read) == (0, 0)
