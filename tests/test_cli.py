"""The program as a user runs it: in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TEXT = (
    "Brücke bleibt gesperrt\n\n"
    "Die Brücke über die Aller bleibt bis Ostern gesperrt. „Wir können sie nicht öffnen“, sagte Baurätin Ina Lohse "
    "am Montag. Nach Angaben der Polizei wurde niemand verletzt. Die Opposition kritisierte, die Stadt habe zu spät "
    "gehandelt.\n"
)


def run(*arguments: str, stdin: str | bytes = "", **environment: str) -> subprocess.CompletedProcess[str]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "inquit", *arguments],
        input=data,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", **environment},
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_read_prints_a_ledger_that_names_the_speaker(article: Path) -> None:
    done = run("read", str(article))
    assert done.returncode == 0
    assert "Ina Lohse" in done.stdout
    assert done.stderr == ""


def test_json_is_the_ledger_format_with_the_text_unchanged(article: Path) -> None:
    ledger = json.loads(run("read", "--json", str(article)).stdout)
    assert ledger["article"]["text"] == TEXT
    assert ledger["article"]["origin"] == str(article)
    direct = next(q for q in ledger["quotations"] if q["type"] == "Direct")
    assert "".join(TEXT[b:e] for b, e in direct["quote"]) == "„Wir können sie nicht öffnen“"
    assert direct["chain"][-1]["name"] == "Ina Lohse"


def test_standard_input_is_read() -> None:
    ledger = json.loads(run("read", "--json", "-", stdin=TEXT).stdout)
    assert ledger["article"]["text"] == TEXT


def test_why_prints_reasons(article: Path) -> None:
    without, reasons = run("read", str(article)).stdout, run("read", "--why", str(article)).stdout
    assert len(reasons.splitlines()) > len(without.splitlines())
    assert "sagte" in reasons


def test_min_confidence_leaves_out(article: Path) -> None:
    everything = json.loads(run("read", "--json", str(article)).stdout)["quotations"]
    nothing = json.loads(run("read", "--json", "--min-confidence", "1", str(article)).stdout)["quotations"]
    assert len(nothing) < len(everything)


def test_reports_are_written_and_nothing_else_is_printed(article: Path, tmp_path: Path) -> None:
    html, markdown = tmp_path / "out.html", tmp_path / "out.md"
    done = run("read", str(article), "--html", str(html), "--markdown", str(markdown))
    assert (done.returncode, done.stdout) == (0, "")
    assert html.read_text("utf-8").lower().startswith("<!doctype html>")
    assert "Ina Lohse" in markdown.read_text("utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["article.txt", "out.html", "out.md"]


def test_a_rejected_input_does_not_stop_the_others(article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n", "utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    done = run("read", "--json", str(tmp_path / "nowhere.txt"), str(tmp_path))
    assert done.returncode == 1
    assert [json.loads(line)["article"]["origin"] for line in done.stdout.splitlines()] == [str(article)]
    for reason in ("missing", "empty", "binary"):
        assert f": {reason}: " in done.stderr
    assert done.stderr.splitlines()[-1] == "inquit: 1 read, 3 rejected (1 missing, 1 binary, 1 empty)"
    assert "Traceback" not in done.stderr


def test_wrong_usage_is_one_clear_error() -> None:
    for arguments in (["read"], ["read", "--nonsense"], ["nonsense"], ["read", "--min-confidence", "2", "x"]):
        done = run(*arguments)
        assert done.returncode == 2
        assert "Error: " in done.stderr
        assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_wrong_usage(article: Path) -> None:
    done = run("read", str(article), INQUIT_DEADLINE="soon")
    assert (done.returncode, done.stdout) == (2, "")
    assert "INQUIT_DEADLINE" in done.stderr


def test_a_setting_is_obeyed(article: Path) -> None:
    done = run("read", str(article), INQUIT_MAX_BYTES="10")
    assert done.returncode == 1
    assert ": too large: " in done.stderr


def test_a_report_that_cannot_be_written_is_an_error(article: Path, tmp_path: Path) -> None:
    done = run("read", str(article), "--html", str(tmp_path / "no" / "folder.html"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_control_characters_of_a_file_name_do_not_reach_the_terminal(tmp_path: Path) -> None:
    done = run("read", str(tmp_path / "evil\x1b[31m.txt"))
    assert "\x1b" not in done.stderr + done.stdout


def test_a_closed_pipe_is_no_traceback_and_leaves_whole_lines(article: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "inquit", "read", "--json", *([str(article)] * 300)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    first = process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(60) == 141
    assert json.loads(first)["article"]["text"] == TEXT
    assert errors == ""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_ends_with_130_and_whole_lines(article: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "inquit", "read", "--json", *([str(article)] * 5000)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert all(json.loads(line)["quotations"] for line in (first + rest).splitlines())


def test_version() -> None:
    assert run("--version").stdout.startswith("inquit ")
