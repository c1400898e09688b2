"""Articles and ledgers to links, stories, claims and the number of their independent sources."""

from inquit.stories.compose import Found, compose, find_stories, story_id
from inquit.stories.copies import Reuse, compare, find_reuse
from inquit.stories.grouping import (
    JOINS,
    OPEN_DAYS,
    Parent,
    connected,
    group,
    leading,
    may_hang,
    nearer,
    parent,
    parents,
)
from inquit.stories.profiles import Profile, outline, perhaps_alike, profile
from inquit.stories.rows import claim_row, story_row
from inquit.stories.sketches import (
    ALWAYS_BOILERPLATE,
    SERIAL,
    Sketch,
    boilerplate,
    candidates,
    displaced,
    mostly_serial,
    shared_fingerprints,
    sketch,
    sketch_all,
    worth_comparing,
)
from inquit.stories.times import place, seconds

__all__ = [
    "ALWAYS_BOILERPLATE",
    "JOINS",
    "OPEN_DAYS",
    "SERIAL",
    "Found",
    "Parent",
    "Profile",
    "Reuse",
    "Sketch",
    "boilerplate",
    "candidates",
    "claim_row",
    "compare",
    "compose",
    "connected",
    "displaced",
    "find_reuse",
    "find_stories",
    "group",
    "leading",
    "may_hang",
    "mostly_serial",
    "nearer",
    "outline",
    "parent",
    "parents",
    "perhaps_alike",
    "place",
    "profile",
    "seconds",
    "shared_fingerprints",
    "sketch",
    "sketch_all",
    "story_id",
    "story_row",
    "worth_comparing",
]
