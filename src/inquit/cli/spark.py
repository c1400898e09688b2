"""`inquit spark`: reading and comparing on Apache Spark, on this machine or on a cluster."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from inquit import settings
from inquit.cli.output import REJECTED, SKIPPED, say
from inquit.errors import StageError, UsageError

if TYPE_CHECKING:
    from inquit.spark import Count

_T = TypeVar("_T")


@click.group()
def spark() -> None:
    """Read and compare more than one machine can, on Apache Spark.

    The same functions, so the same ledgers, stories, claims and ids. Without --master all runs on this machine.
    """


def _spark_options(command: click.decorators.FC) -> click.decorators.FC:
    command = click.option(
        "--conf", "conf", multiple=True, metavar="KEY=VALUE", help="A setting of Spark; may be given more than once."
    )(command)
    command = click.option("--overwrite", is_flag=True, help="Do again what is done, even of another input.")(command)
    command = click.option(
        "--partitions", type=click.IntRange(min=1), help="Tasks of the long stages.  [default: by the articles]"
    )(command)
    return click.option(
        "--master", help="The cluster, such as spark://host:7077.  [default: spark-submit's, else this machine]"
    )(command)


@spark.command()
@click.argument("source", metavar="INPUT")
@click.argument("output", metavar="OUTPUT")
@click.option("--manifest", is_flag=True, help="INPUT lists the inputs, one a line.")
@_spark_options
def read(
    source: str,
    output: str,
    *,
    manifest: bool,
    master: str | None,
    partitions: int | None,
    overwrite: bool,
    conf: tuple[str, ...],
) -> None:
    """Read articles into ledgers: the folder OUTPUT with the tables articles, ledgers and rejects, all Parquet.

    INPUT is what `inquit read` takes, or a file or folder at s3a://, hdfs:// and the like. A stage that is done is
    not done again, so a run that was stopped goes on where it was.
    """
    from inquit.spark import Reading
    from inquit.spark import read as read_all

    how = Reading(manifest=manifest, partitions=partitions, limits=settings.limits(), overwrite=overwrite)
    count = _run(lambda session: read_all(session, source, output, how, say), master, conf)
    _report_read(count, output)


@spark.command()
@click.argument("output", metavar="OUTPUT")
@_spark_options
def compare(output: str, *, master: str | None, partitions: int | None, overwrite: bool, conf: tuple[str, ...]) -> None:
    """Compare the articles that `inquit spark read` put into OUTPUT: copies, citations, stories, claims, sources.

    Each stage is a table beside the ledgers, Parquet as well. A stage that is done is not done again.
    """
    from inquit.spark import compare as compare_all

    found = _run(
        lambda session: compare_all(session, output, say, partitions=partitions, overwrite=overwrite), master, conf
    )
    say(f"{found.articles} articles, {found.copies} copies, {found.stories} stories, {found.claims} claims")
    if found.failed:
        say(f"{found.failed} stories could not be put together; {output.rstrip('/')}/stories says why in `detail`")
        raise click.exceptions.Exit(REJECTED)


def _run(job: Callable[[Any], _T], master: str | None, conf: tuple[str, ...]) -> _T:
    """The outcome of a job, in a session of its own."""
    from inquit.spark import running

    try:
        with running(master, _settings(conf)) as session:
            return job(session)
    except StageError as error:
        say(str(error))
        say("what is done stays; the same command goes on from there")
        raise click.exceptions.Exit(REJECTED) from None


def _settings(conf: tuple[str, ...]) -> dict[str, str]:
    pairs = [one.partition("=") for one in conf]
    wrong = [key for key, equals, _ in pairs if not equals or not key.strip()]
    if wrong:
        raise UsageError(f"--conf {wrong[0]} is not KEY=VALUE")
    return {key.strip(): value for key, _, value in pairs}


def _report_read(count: "Count", output: str) -> None:
    reasons = dict(count.reasons)
    skipped = reasons.pop(SKIPPED, 0)
    told = [f"{count.states.get('read', 0)} read, {count.statements} statements"]
    if unread := count.states.get("unread", 0):
        told.append(f"{unread} kept unread, in other languages")
    if reasons:
        listed = ", ".join(f"{n} {reason}" for reason, n in sorted(reasons.items(), key=lambda one: (-one[1], one[0])))
        told.append(f"{sum(reasons.values())} rejected ({listed}), named in {output.rstrip('/')}/rejects")
    if skipped:
        told.append(f"{skipped} file{'' if skipped == 1 else 's'} of other types in folders skipped")
    say("; ".join(told))
    if reasons:
        raise click.exceptions.Exit(REJECTED)
