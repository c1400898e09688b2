"""Extraction under a deadline: one child process that serves page after page and is killed when one takes too long."""

import atexit
import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import IO

import msgspec

from inquit.readers.extraction import Page, Refused, as_plain, extract, from_plain
from inquit.readers.feed import Feed, parse
from inquit.readers.limits import Limits

_LENGTH = struct.Struct("!Q")
_START = 15.0
"""Seconds that a child may take to start and to import its libraries; it takes about 0.5 s on two slow cores."""

_MEMORY = 4 << 30
"""Bytes of memory of a child. A page of 20 MB that is nothing but tags takes 2.5 GB."""

_PAGE, _FEED = "P", "F"
"""The first byte of a message: what is to be done with its content."""

_COMMAND = "from inquit.readers.child import serve; serve()"


class _Child:
    """A child process, with a thread that waits for its answers."""

    def __init__(self) -> None:
        environment = dict(os.environ, PYTHONPATH=os.pathsep.join(path for path in sys.path if path))
        self.owner = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603  this interpreter, and a constant
            [sys.executable, "-c", _COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self.answers: SimpleQueue[bytes | None] = SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        while (answer := _receive(self.process.stdout)) is not None:
            self.answers.put(answer)
        self.answers.put(None)

    def ask(self, message: bytes, seconds: float) -> bytes | None:
        """The answer; `None` where the child died. Raises `Empty` when its time is up."""
        assert self.process.stdin is not None
        try:
            _send(self.process.stdin, message)
        except OSError:
            return None
        return self.answers.get(timeout=seconds)

    @property
    def usable(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def end(self) -> None:
        """Kill the process, if it is still there and ours."""
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()


_lock = threading.Lock()
_children: list[_Child] = []


def extract_in_child(html: str, limits: Limits) -> Page | Refused:
    """What `extraction.extract` makes of a page, in a child process that ends when the deadline does."""
    with _lock:
        answer = _ask(_PAGE, html.encode("utf-8", "replace"), limits)
    return answer if isinstance(answer, Refused) else from_plain(json.loads(answer))


def parse_feed_in_child(data: bytes, limits: Limits) -> Feed | Refused:
    """What `feed.parse` makes of a feed, in the same way: the library's patterns can take hours for 1 MB."""
    with _lock:
        answer = _ask(_FEED, data, limits)
    if isinstance(answer, Refused):
        return answer
    found = msgspec.json.decode(answer, type=Feed | None)
    return found or Refused("damaged", "not a feed")


def _ask(kind: str, content: bytes, limits: Limits) -> bytes | Refused:
    try:
        child = _child()
    except (OSError, ValueError, Empty) as error:
        return Refused("failed", f"no process for extraction: {type(error).__name__}: {error}")
    head = {"max_bytes": limits.max_bytes, "max_depth": limits.max_depth, "deadline": limits.deadline}
    try:
        answer = child.ask(kind.encode() + json.dumps(head).encode() + b"\n" + content, limits.deadline)
    except Empty:
        _end()
        return Refused("timeout", f"extraction took longer than {limits.deadline:g} s")
    if answer is None:
        _end()
        return Refused("too deep", "extraction ended its process: nested too deep, or out of memory")
    return answer


def _child() -> _Child:
    """The child, started and ready."""
    if not _children or not _children[0].usable:
        _children.clear()
        child = _Child()
        try:
            ready = child.answers.get(timeout=_START)
        except Empty:
            child.end()
            raise
        if ready is None:
            raise OSError("it ended at once")
        _children.append(child)
    return _children[0]


def _end() -> None:
    while _children:
        _children.pop().end()


atexit.register(_end)


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    message = stream.read(size)
    return message if len(message) == size else None


def serve() -> None:
    """What the child does: answer until nobody asks."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not end up among the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    _limit_memory()
    import trafilatura  # noqa: F401  the time of its import is not the page's

    _send(answers, b"ready")
    while (message := _receive(requests)) is not None:
        head, _, content = message.partition(b"\n")
        limits = Limits(**json.loads(head[1:]))
        _alarm(limits.deadline)
        if head.startswith(_FEED.encode()):
            answer = msgspec.json.encode(parse(content))
        else:
            answer = json.dumps(as_plain(extract(content.decode("utf-8"), limits))).encode("utf-8", "replace")
        _alarm(0)
        _send(answers, answer)


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # no such limit on this system


def _alarm(seconds: float) -> None:
    """End this process a while after the deadline, should the parent be gone and unable to."""
    import signal

    set_alarm: Callable[[int], int] | None = getattr(signal, "alarm", None)
    if set_alarm is not None:
        set_alarm(int(seconds) + 5 if seconds else 0)
