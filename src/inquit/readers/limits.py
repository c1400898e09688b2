"""How much one input may ask of the readers."""

from dataclasses import dataclass

MAX_BYTES = 20_000_000
"""Largest input in bytes. A long feature has 100 kB of text, a page with scripts and inline pictures up to 10 MB."""

MAX_DEPTH = 200
"""Deepest nesting of HTML elements. News pages nest 15 to 60 deep; extraction recurses, and its stack ends."""

DEADLINE = 10.0
"""Seconds for the extraction of one HTML page. A page of 100 kB takes about 0.02 s, one of 5 MB about 2 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is rejected as too large, too deep or too slow, in bytes, elements and seconds."""

    max_bytes: int = MAX_BYTES
    max_depth: int = MAX_DEPTH
    deadline: float = DEADLINE
