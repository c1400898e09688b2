"""Who is there: signed cookies, the tokens without which nothing is changed, and how often a password may be tried.

Nothing is kept on the server: a cookie says what it says because it is signed with a key that ends with the program.
"""

import hmac
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

LIFETIME = 12 * 3600
"""Seconds that a cookie holds: a working day."""

ATTEMPTS, WINDOW = 10, 60.0
"""Wrong passwords that are borne in so many seconds."""


@dataclass(frozen=True, slots=True)
class Session:
    """A visitor; `allowed` where none is asked for a password, or the right one was given.

    `program` is one that sent the secret with its request and no cookie, so that no other site can have sent it.
    """

    name: str
    allowed: bool
    fresh: bool = False
    program: bool = False


class Sessions:
    """Makes and knows cookies and tokens."""

    def __init__(self, secret: str | None, *, clock: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._key = secrets.token_bytes(32)
        self._clock = clock
        self._wrong: deque[float] = deque()

    @property
    def guarded(self) -> bool:
        """Whether a password is asked for."""
        return self._secret is not None

    def opened(self, *, allowed: bool = False) -> Session:
        """A new visitor."""
        return Session(secrets.token_urlsafe(18), allowed=allowed or not self.guarded, fresh=True)

    def cookie(self, session: Session) -> str:
        """The value of the session's cookie."""
        told = f"{session.name}.{int(session.allowed)}.{int(self._clock()) + LIFETIME}"
        return f"{told}.{self._sign('cookie', told)}"

    def known(self, cookie: str | None) -> Session | None:
        """The session of a cookie that was made here and still holds."""
        told, _, signature = (cookie or "").rpartition(".")
        if not _same(signature, self._sign("cookie", told)):
            return None
        name, allowed, until = told.split(".")
        return Session(name, allowed=allowed == "1") if int(until) > self._clock() else None

    def token(self, session: Session) -> str:
        """What a page of the session sends along with each change, and no other site can know."""
        return self._sign("token", session.name)

    def confirms(self, session: Session, token: str | None) -> bool:
        """Whether a change comes from a page of the session, or from a program that sent the secret."""
        return session.program or _same(token or "", self.token(session))

    def opens(self, given: str | None) -> bool:
        """Whether this is the password or token."""
        right = self._secret is not None and _same(given or "", self._secret)
        if not right and given:
            self._wrong.append(self._clock())
        return right

    def tired(self) -> bool:
        """Whether too many wrong passwords came lately."""
        while self._wrong and self._wrong[0] < self._clock() - WINDOW:
            self._wrong.popleft()
        return len(self._wrong) >= ATTEMPTS

    def _sign(self, purpose: str, told: str) -> str:
        return hmac.new(self._key, f"{purpose}:{told}".encode("utf-8", "replace"), "sha256").hexdigest()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
