"""What the workbench is told when it starts: which corpus, at which address, for whom, and how much it bears."""

import ipaddress
from dataclasses import dataclass, field

from inquit.errors import UsageError
from inquit.readers import Limits

HOST, PORT = "127.0.0.1", 8765

SHORTEST_SECRET = 8
"""Characters of a password or token; a shorter one is guessed at a hundred attempts a minute within weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How the workbench is served.

    `secret` is the password or token without which nobody gets in; `None` is allowed on this machine alone.
    `demo` says that the corpus is the one of the examples and ends with the program.
    """

    corpus: str
    host: str = HOST
    port: int = PORT
    secret: str | None = field(default=None, repr=False)
    demo: bool = False
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if self.secret is None and not is_loopback(self.host):
            raise UsageError(
                f"{self.host} can be reached from other machines; say who may come in with --password or --token"
            )
        if self.secret is not None and len(self.secret) < SHORTEST_SECRET:
            raise UsageError(f"a password needs at least {SHORTEST_SECRET} characters")

    @property
    def address(self) -> str:
        """The URL to open on this machine."""
        host = "127.0.0.1" if self.host == "0.0.0.0" else "::1" if self.host == "::" else self.host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
