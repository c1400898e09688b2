"""`inquit serve` as it is typed."""

import os
import re
import select
import signal
import socket
import subprocess
import sys
import urllib.request
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from inquit.cli import inquit
from inquit.cli import serving as door


def free_port() -> int:
    with socket.socket() as trying:
        trying.bind(("127.0.0.1", 0))
        return int(trying.getsockname()[1])


def said(process: "subprocess.Popen[str]", wanted: str) -> str:
    """The line on standard error with these words."""
    assert process.stderr is not None
    told = ""
    while wanted not in told:
        ready, _, _ = select.select([process.stderr], [], [], 60)
        line = process.stderr.readline() if ready else ""
        assert line, f"ended or silent after: {told}"
        told += line
    return told.splitlines()[-1]


def started(port: int, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "inquit", "serve", "--no-browser", "--port", str(port), *arguments]
    every = {**os.environ, **environment}
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=every, start_new_session=True)


def test_the_demonstration_starts_answers_and_leaves_nothing(tmp_path: Path) -> None:
    with started(free_port(), "--demo", "--token", TMPDIR=str(tmp_path)) as process:
        address = re.findall(r"http://\S+", said(process, "the workbench is at"))[0]
        opened = urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(address)
        assert "independent source" in opened.read().decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stderr is not None
        assert process.stderr.read() == "inquit: the workbench has ended\n"
    assert list(tmp_path.glob("inquit-demo-*")) == []


def test_it_ends_cleanly_when_the_system_asks(demo_corpus: str) -> None:
    with started(free_port(), "--corpus", demo_corpus) as process:
        said(process, "the workbench is at")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_a_wrong_start_is_told_in_one_line(tmp_path: Path, demo_corpus: str) -> None:
    with started(free_port(), "--corpus", str(tmp_path / "none.db")) as process:
        assert "there is no such corpus" in said(process, "corpus")
        assert process.wait(30) == 1
    with started(free_port(), "--corpus", demo_corpus, "--host", "0.0.0.0") as process:
        assert "--password or --token" in said(process, "inquit:")
        assert process.wait(30) == 2
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with started(taken.getsockname()[1], "--corpus", demo_corpus) as process:
            assert "cannot listen at 127.0.0.1" in said(process, "inquit:")
            assert process.wait(30) == 1


@pytest.mark.parametrize(
    "arguments", [["--demo", "--corpus", "x.db"], ["--password", "correct horse", "--token"], ["--port", "0"]]
)
def test_options_that_exclude_each_other(arguments: list[str]) -> None:
    found = CliRunner().invoke(inquit, ["serve", "--no-browser", *arguments])
    assert found.exit_code == 2


def test_a_missing_extra_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "find_spec", lambda name: None if name == "jinja2" else find_spec(name))
    found = CliRunner().invoke(inquit, ["serve", "--demo"])
    assert "inquit serve needs jinja2, which is not installed: pip install 'inquit[web]'" in str(found.exception)
