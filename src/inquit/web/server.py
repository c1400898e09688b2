"""Run the workbench until Ctrl-C."""

import signal
import socket
from collections.abc import Callable

import uvicorn

from inquit.errors import CorpusError
from inquit.web.app import create_app
from inquit.web.serving import Serving

CONNECTIONS = 100
"""Requests that are answered at once; more are told to come again."""

GRACE = 3
"""Seconds for what is being answered when the workbench is ended."""


def serve(serving: Serving, ready: Callable[[], None]) -> None:
    """Answer until the process is interrupted; `ready` is called when a browser may come."""
    app = create_app(serving)
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((serving.host, serving.port))
        except OSError as error:
            raise CorpusError(f"cannot listen at {serving.host}, port {serving.port}: {error.strerror}") from error
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            limit_concurrency=CONNECTIONS,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=GRACE,
        )
        server = _Server(config)
        server.on_ready = ready
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that what is open is closed
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return
        finally:
            signal.signal(signal.SIGTERM, before)


class _Server(uvicorn.Server):
    """A server that says when it has started."""

    on_ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self.on_ready()
