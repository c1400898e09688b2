"""The documentation is a contract: what the program has is named there, and what is named there exists."""

import dataclasses
import io
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import inquit
from inquit.cli import inquit as program
from inquit.exports.terminal import to_terminal
from inquit.records import REASONS, Article, Dispute, PrimarySource, Quotation, Source, Summary
from inquit.settings import SETTINGS

ROOT = Path(__file__).parent.parent
DOCS = {path.name: path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")}
README = (ROOT / "README.md").read_text("utf-8")


def documented(name: str, where: str) -> bool:
    """Whether `name` stands there as code, alone or as a part of it; examples in fences do not count."""
    prose = re.sub(r"^```.*?^```", "", where, flags=re.M | re.S)
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", code) for code in re.findall(r"`([^`]+)`", prose))


def commands(group: click.Group, path: str = "inquit") -> Iterator[tuple[str, click.Command]]:
    """Every command and, below those that have some, every subcommand, as one types it."""
    for name, command in group.commands.items():
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


COMMANDS = dict(commands(program))


def test_subcommands_are_among_those_that_are_checked() -> None:
    assert {"inquit read", "inquit sources", "inquit sources merge", "inquit sources split"} <= set(COMMANDS)


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_is_documented_with_its_options_in_one_place(path: str) -> None:
    homes = {name: text for name, text in DOCS.items() if re.search(rf"^{path}(?= |$)", text, flags=re.M)}
    assert homes, f"no document shows how {path} is typed"
    given = [option for option in COMMANDS[path].params if isinstance(option, click.Option)]
    options = [name for option in given for name in (*option.opts, *option.secondary_opts)]
    missing = {name: [one for one in options if not documented(one, text)] for name, text in homes.items()}
    assert min(missing.values(), key=len) == [], missing


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_says_in_its_help_what_it_does_and_what_its_options_are(path: str) -> None:
    command = COMMANDS[path]
    assert command.help
    assert [option.name for option in command.params if isinstance(option, click.Option) and not option.help] == []


def test_no_command_and_no_option_is_shown_that_does_not_exist() -> None:
    """In every line that begins with the program's name, and those that go on with it, as after a pipe."""
    shown = re.compile(r"^(?:\$ )?inquit ([a-z]+(?: [a-z]+)?)(.*(?:\n +[\[-].*)*)", flags=re.M)
    unknown = []
    for text in [README, *DOCS.values()]:
        for named, rest in shown.findall(text):
            path = next((p for p in (f"inquit {named}", f"inquit {named.split()[0]}") if p in COMMANDS), None)
            known = {"--help"} | {
                name for o in (COMMANDS[path].params if path else ()) for name in (*o.opts, *o.secondary_opts)
            }
            ours = rest.partition("|")[0] if "| inquit" in rest else rest
            unknown += [(named, name) for name in re.findall(r"(?<![\w-])--[a-z][a-z-]*", ours) if name not in known]
            unknown += [(named, "")] if path is None else []
    assert unknown == []


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


def test_the_sample_of_the_readme_is_what_the_example_gives() -> None:
    sample = README.partition("```text\n")[2].partition("…\n```")[0]
    shown = to_terminal(inquit.read(ROOT / "examples" / "relay.txt"), stream=io.StringIO(), width=80)
    assert sample.count("\n") > 30
    assert shown.startswith(sample)
