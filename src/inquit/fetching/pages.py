"""One address to one answer: redirects followed by hand, size and time bounded, only http and https."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urldefrag, urljoin, urlsplit

if TYPE_CHECKING:
    import httpx

Failure = Literal["scheme", "address", "robots", "redirects", "too large", "timeout", "status", "network"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How fetching is bounded, in decoded bytes and in seconds of all redirects together."""

    max_bytes: int = 10_000_000
    seconds: float = 30.0
    redirects: int = 5
    allow_private: bool = False
    agent: str = "inquit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer with status 200 or 304; `url` is the address that it came from in the end, names of headers are small.

    `body` is decoded from the coding of its transfer, not from that of its characters.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Why there is no answer; `status` and `retry_after`, as the server gives it, where the failure is a status."""

    url: str
    failure: Failure
    detail: str
    status: int | None = None
    retry_after: str | None = None


def fetch(
    url: str,
    *,
    rules: Rules,
    headers: Mapping[str, str] | None = None,
    allowed: Callable[[str], Failed | None] = lambda _: None,
) -> Fetched | Failed:
    """What is at `url`; `allowed` is asked about each address on the way and may refuse it."""
    deadline = time.monotonic() + rules.seconds
    at = url
    for _ in range(rules.redirects + 1):
        at = urldefrag(at).url
        problem = _unfit(at) or allowed(at)
        if problem is not None:
            return problem
        answer = _request(at, rules, headers or {}, deadline)
        if isinstance(answer, Failed) or answer.status in {200, 304}:
            return answer
        target = answer.headers.get("location")
        if answer.status not in {301, 302, 303, 307, 308} or not target:
            after = answer.headers.get("retry-after")
            detail = f"HTTP status {answer.status}"
            return Failed(url=at, failure="status", detail=detail, status=answer.status, retry_after=after)
        try:
            at = urljoin(at, target)
        except ValueError:
            return Failed(url=at, failure="redirects", detail="a redirect to no address")
    return Failed(url=at, failure="redirects", detail=f"more than {rules.redirects} redirects")


def _unfit(url: str) -> Failed | None:
    try:
        parts = urlsplit(url)
        fit = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fit = False
    return None if fit else Failed(url=url, failure="scheme", detail="not an address of http or https")


def _request(url: str, rules: Rules, headers: Mapping[str, str], deadline: float) -> Fetched | Failed:
    import httpcore
    import httpx

    from inquit.fetching.network import RefusedAddressError, Transport

    try:
        with (
            httpx.Client(transport=Transport(deadline, allow_private=rules.allow_private), trust_env=False) as client,
            client.stream("GET", url, headers={**_headers(rules), **headers}, follow_redirects=False) as answer,
        ):
            return _read(url, answer, rules, deadline)
    except RefusedAddressError as error:
        return Failed(url=url, failure="address", detail=str(error))
    except (httpx.TimeoutException, httpcore.TimeoutException):
        return _timeout(url, rules)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        return Failed(url=url, failure="network", detail=_says(error))
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError) as error:
        return Failed(url=url, failure="network", detail=_says(error))


def _headers(rules: Rules) -> dict[str, str]:
    return {"User-Agent": rules.agent, "Accept-Encoding": "gzip, deflate", "Connection": "close"}


def _read(url: str, answer: "httpx.Response", rules: Rules, deadline: float) -> Fetched | Failed:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if answer.status_code != 200:
        return Fetched(url=url, status=answer.status_code, headers=headers)
    told = headers.get("content-length", "")
    parts: list[bytes] = []
    size = int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else 0
    if size <= rules.max_bytes:
        size = 0
        for part in answer.iter_bytes():
            parts.append(part)
            size += len(part)
            if time.monotonic() > deadline:
                return _timeout(url, rules)
            if size > rules.max_bytes:
                break
    if size > rules.max_bytes:
        return Failed(url=url, failure="too large", detail=f"more than {rules.max_bytes:,} bytes")
    return Fetched(url=url, status=200, headers=headers, body=b"".join(parts))


def _timeout(url: str, rules: Rules) -> Failed:
    return Failed(url=url, failure="timeout", detail=f"took longer than {rules.seconds:g} s")


def _says(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:200] or type(error).__name__
