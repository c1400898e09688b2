"""Articles and ledgers to links, stories, claims and the number of their independent sources."""

from inquit.stories.compose import Found, compose, find_stories
from inquit.stories.copies import Reuse, compare, find_reuse
from inquit.stories.grouping import Parent, connected, group, leading, nearer, parent, parents
from inquit.stories.profiles import Profile, profile
from inquit.stories.rows import claim_row, story_row
from inquit.stories.sketches import Sketch, boilerplate, candidates, sketch

__all__ = [
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
    "find_reuse",
    "find_stories",
    "group",
    "leading",
    "nearer",
    "parent",
    "parents",
    "profile",
    "sketch",
    "story_row",
]
