"""The documentation is a contract: what the program has is named there, and what is named there exists."""

import dataclasses
import re
from pathlib import Path

import click
import pytest

import inquit
from inquit.cli import inquit as program
from inquit.records import REASONS, Article, Dispute, PrimarySource, Quotation, Source, Summary
from inquit.settings import SETTINGS

ROOT = Path(__file__).parent.parent
DOCS = {path.name: path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")}
README = (ROOT / "README.md").read_text("utf-8")


def documented(name: str, where: str) -> bool:
    """Whether `name` stands there as code, alone or as a part of it; examples in fences do not count."""
    prose = re.sub(r"^```.*?^```", "", where, flags=re.M | re.S)
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", code) for code in re.findall(r"`([^`]+)`", prose))


@pytest.mark.parametrize("name", program.commands)
def test_every_command_and_option_is_documented(name: str) -> None:
    everything = "\n".join(DOCS.values())
    assert f"inquit {name}" in everything
    command = program.commands[name]
    options = [name for option in command.params if isinstance(option, click.Option) for name in option.opts]
    assert [name for name in options if not documented(name, everything)] == []


@pytest.mark.parametrize("record", [Article, Quotation, Source, Summary, PrimarySource, Dispute])
def test_every_field_of_the_ledger_is_documented(record: type) -> None:
    fields = [field.name for field in dataclasses.fields(record)]
    assert [name for name in fields if not documented(name, DOCS["ledger.md"])] == []


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_for_a_rejection_is_documented(reason: str) -> None:
    assert f"| `{reason}` |" in DOCS["reading.md"]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s.name)
def test_every_setting_is_documented_with_its_default(setting: object) -> None:
    assert isinstance(setting, inquit.settings.Setting)
    assert f"| `{setting.variable}` | {setting.default} | {setting.help} |" in DOCS["reading.md"]


@pytest.mark.parametrize("name", inquit.__all__)
def test_every_public_name_is_documented_and_exists(name: str) -> None:
    assert hasattr(inquit, name)
    assert documented(name, DOCS["python.md"])


def test_every_room_is_in_the_picture_of_the_architecture() -> None:
    package = ROOT / "src" / "inquit"
    rooms = {f"{p.name}/" for p in package.iterdir() if p.is_dir() and any(p.glob("*.py"))}
    files = {p.name for p in package.glob("*.py")} - {"__main__.py"}
    picture = re.findall(r"^  (\S+)", DOCS["architecture.md"], flags=re.M)
    assert (rooms | files) - set(picture) == set()


@pytest.mark.parametrize("name", [*DOCS, "README.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name if (ROOT / name).exists() else ROOT / "docs" / name
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (path.parent / target).exists()] == []


def test_the_check_script_runs_exactly_the_commands_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    commands = re.findall(r"^pip install .*$", README, flags=re.M)
    assert len(commands) == 2
    assert [command for command in commands if f"\n{command}" not in script] == []
