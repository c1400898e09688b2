"""`inquit serve`: the workbench in the browser."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import click
from click.core import ParameterSource

from inquit.cli.corpus import corpus_option
from inquit.cli.output import say
from inquit.errors import UsageError
from inquit.web.serving import HOST, PORT

_NEEDED = ("fastapi", "jinja2", "python_multipart", "uvicorn")


@click.command()
@corpus_option
@click.option("--demo", is_flag=True, help="Serve the shipped examples; nothing is kept.")
@click.option("--host", default=HOST, show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Port to listen at.")
@click.option(
    "--password",
    prompt="Password for the workbench",
    prompt_required=False,
    hide_input=True,
    envvar="INQUIT_PASSWORD",
    show_envvar=True,
    help="Ask visitors for this password; without a value it is asked for now.",
)
@click.option("--token", is_flag=True, help="Let in only who has the address with the token that is printed.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.pass_context
def serve(
    context: click.Context,
    *,
    corpus: str,
    demo: bool,
    host: str,
    port: int,
    password: str | None,
    token: bool,
    no_browser: bool,
) -> None:
    """Open the workbench: read articles, follow claims to their sources, correct labels, in the browser.

    It listens on this machine alone unless --host says otherwise, and then needs --password or --token.
    """
    _need_web()
    if demo and context.get_parameter_source("corpus") == ParameterSource.COMMANDLINE:
        raise click.UsageError("--demo has a corpus of its own; leave out --corpus or --demo")
    if password and token:
        raise click.UsageError("--password and --token exclude each other")
    from inquit import settings
    from inquit.web.server import serve as run
    from inquit.web.serving import Serving

    secret = secrets.token_urlsafe(24) if token else password
    with _corpus(corpus, demo=demo) as name:
        serving = Serving(corpus=name, host=host, port=port, secret=secret, demo=demo, limits=settings.limits())
        address = f"{serving.address}login?token={secret}" if token else serving.address

        def ready() -> None:
            say(f"the workbench is at {address}  (Ctrl-C ends it)")
            if not no_browser:
                import webbrowser

                webbrowser.open(address)

        run(serving, ready)
    say("the workbench has ended")


@contextmanager
def _corpus(corpus: str, *, demo: bool) -> Iterator[str]:
    """The corpus to serve."""
    if not demo:
        yield corpus
        return
    from inquit.web import demo as examples

    say("reading the examples …")
    with examples.corpus() as made:
        yield made


def _need_web() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        what = f"{', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed"
        raise UsageError(f"inquit serve needs {what}: pip install 'inquit[web]'")
