"""Articles and ledgers to links, stories, claims and the number of their independent sources."""

from inquit.stories.compose import Found, compose, find_stories
from inquit.stories.copies import Reuse, compare, find_reuse
from inquit.stories.grouping import Group, joins
from inquit.stories.profiles import Profile, profile
from inquit.stories.rows import claim_row, story_row
from inquit.stories.sketches import Sketch, boilerplate, candidates, sketch

__all__ = [
    "Found",
    "Group",
    "Profile",
    "Reuse",
    "Sketch",
    "boilerplate",
    "candidates",
    "claim_row",
    "compare",
    "compose",
    "find_reuse",
    "find_stories",
    "joins",
    "profile",
    "sketch",
    "story_row",
]
