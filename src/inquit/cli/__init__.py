"""The command line: one function a command; the only room that prints.

Exit status: 0 when all inputs were read, 1 when some were rejected, output could not be written or a corpus not be
used, 2 for wrong usage, 130 after Ctrl-C, 141 when the reader of a pipe has gone.
"""

import logging
from typing import NoReturn

import click

from inquit.cli.adding import add, reread
from inquit.cli.asking import search, show, sources
from inquit.cli.evaluating import evaluate
from inquit.cli.exporting import export
from inquit.cli.judging import mark
from inquit.cli.output import INTERRUPTED, PIPE_CLOSED, REJECTED, USAGE, PipeClosedError, Warnings, leave, say
from inquit.cli.reading import read
from inquit.cli.serving import serve
from inquit.cli.spark import spark
from inquit.cli.stories import claims, stories
from inquit.cli.watching import watch
from inquit.errors import CorpusError, InquitError

LONGEST_HELP = 300
"""Characters of the sentence that says what a command does; the longest has 130."""


class _Commands(click.Group):
    """Commands in the order in which they are added, which is the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What each command does, on as many lines as it takes; click would cut it off."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(LONGEST_HELP)) for name, one in self.commands.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="inquit", message="inquit %(version)s")
def inquit() -> None:
    """Say for every statement of a news article who said it, on whose word, how firmly, and who disputes it."""


for _command in (read, add, watch, search, sources, stories, claims, show, mark, reread, export, serve, spark):
    inquit.add_command(_command)
inquit.add_command(evaluate, "eval")


def main() -> NoReturn:
    """Run the command line and exit."""
    logging.getLogger("inquit").addHandler(Warnings(logging.WARNING))
    try:
        # Outside its standalone mode click returns the status of `Exit` instead of raising it.
        status = inquit.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        leave(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        say("interrupted; what was printed is complete")
        leave(INTERRUPTED)
    except PipeClosedError:
        leave(PIPE_CLOSED)
    except CorpusError as error:
        say(str(error))
        leave(REJECTED)
    except InquitError as error:
        say(str(error))
        leave(USAGE)
    except OSError as error:
        say(f"cannot write the output: {error}")
        leave(REJECTED)
    leave(status if isinstance(status, int) else 0)
