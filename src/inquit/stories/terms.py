"""Content words as they are compared across articles, as the language knows them."""

from inquit.languages.families import SHORTEST_PART, family, listed, parts, weight

__all__ = ["SHORTEST_PART", "family", "listed", "parts", "weight"]
