"""What a site asks of robots: RFC 9309, and the Crawl-delay that many sites add to it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from inquit.fetching.pages import Failed, Fetched, Rules, fetch

_MOST_BYTES = 500_000
"""Bytes of a robots.txt that are read; RFC 9309 asks for at least 500 KiB."""

_VALID = 24 * 3600.0
"""Seconds after which robots.txt is asked for again, as RFC 9309 has it."""

_VALID_IF_UNREACHED = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules for one robot: paths allowed or not, and the seconds between two requests where it asks for them."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float | None = None

    @classmethod
    def parse(cls, text: str, agent: str) -> "Robots":
        """The rules of the groups for `agent`, or else of those for all."""
        groups = _groups(text)
        names = {name for named, _, _ in groups for name in named}
        mine = agent.lower() if agent.lower() in names else "*"
        chosen = [group for group in groups if mine in group[0]]
        delays = [delay for _, _, delay in chosen if delay is not None]
        return cls(rules=tuple(rule for _, rules, _ in chosen for rule in rules), delay=max(delays, default=None))

    def allow(self, url: str) -> bool:
        """Whether `url` may be fetched: the longest rule that fits decides, the one that allows where two are equal."""
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = [(len(pattern), allowed) for allowed, pattern in self.rules if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


_Group = tuple[set[str], list[tuple[bool, str]], float | None]


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    names: set[str] = set()
    rules: list[tuple[bool, str]] = []
    delay: float | None = None
    is_named = False
    for line in text.removeprefix("\ufeff").splitlines():
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            if not is_named and names:
                groups.append((names, rules, delay))
                names, rules, delay = set(), [], None
            names.add(value.partition("/")[0].strip().lower())
            is_named = True
        elif key in {"allow", "disallow"}:
            is_named = False
            if value:
                rules.append((key == "allow", _normal(value)))
        elif key == "crawl-delay":
            is_named = False
            delay = _seconds(value)
    return [*groups, (names, rules, delay)] if names else groups


def _seconds(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None


def _normal(path: str) -> str:
    return quote(unquote(path, errors="surrogateescape"), safe="/*?$=&;:,+!@()'~%", errors="surrogateescape")


def _fits(pattern: str, path: str) -> bool:
    """Whether `path` begins as `pattern` says; `*` is anything, `$` at its end the end. Linear, so no expression."""
    is_whole = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not others:
        return not is_whole or path == first
    at = len(first)
    for part in others[:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    last = others[-1]
    return path.endswith(last) and len(path) - len(last) >= at if is_whole else path.find(last, at) >= 0


class RobotsOfHosts:
    """The robots.txt of each host, asked for once a day."""

    def __init__(self, rules: Rules, now: Callable[[], float]) -> None:
        self._rules = rules
        self._now = now
        self._known: dict[str, tuple[float, Robots | Failed]] = {}

    def __call__(self, url: str) -> Failed | None:
        """Why `url` may not be fetched; a site whose robots.txt cannot be had for its own trouble is left alone."""
        found = self._of(url)
        if isinstance(found, Failed):
            return Failed(url=url, failure=found.failure, detail=f"robots.txt: {found.detail}", status=found.status)
        if found.allow(url):
            return None
        return Failed(url=url, failure="robots", detail="robots.txt asks not to fetch it")

    def delay(self, url: str) -> float | None:
        """Seconds between requests that the site asks for, as far as its robots.txt has been read."""
        _, found = self._known.get(_origin(url), (0.0, None))
        return found.delay if isinstance(found, Robots) else None

    def _of(self, url: str) -> Robots | Failed:
        origin = _origin(url)
        until, found = self._known.get(origin, (0.0, None))
        if found is None or until <= self._now():
            found = self._asked(origin)
            valid = _VALID_IF_UNREACHED if isinstance(found, Failed) else _VALID
            self._known[origin] = (self._now() + valid, found)
        return found

    def _asked(self, origin: str) -> Robots | Failed:
        answer = fetch(f"{origin}/robots.txt", rules=self._rules)
        if isinstance(answer, Fetched):
            text = answer.body[:_MOST_BYTES].decode("utf-8", "replace") if answer.status == 200 else ""
            return Robots.parse(text, self._rules.agent.partition("/")[0])
        is_absent = answer.failure == "status" and 400 <= (answer.status or 0) < 500 and answer.status != 429
        # RFC 9309: a client error means that there are no rules, and so do redirects without end.
        return Robots() if is_absent or answer.failure in {"redirects", "too large"} else answer


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
