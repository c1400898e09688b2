"""How much one input may ask of the readers."""

from dataclasses import dataclass

MAX_BYTES = 20_000_000
"""Largest input in bytes. A long feature has 100 kB of text, a page with scripts and inline pictures up to 10 MB."""

MAX_DEPTH = 200
"""Deepest nesting of HTML elements. News pages nest 15 to 60 deep; the parser ends at 255, whatever is set."""

DEADLINE = 10.0
"""Seconds for the extraction of one HTML page. A page of 100 kB takes 0.02 s, one of 5 MB 0.8 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is rejected as too large, too deep or too slow, in bytes, elements and seconds."""

    max_bytes: int = MAX_BYTES
    max_depth: int = MAX_DEPTH
    deadline: float = DEADLINE
