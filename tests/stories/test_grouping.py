from story_corpus import article

from inquit.languages import language
from inquit.stories import joins, profile
from inquit.stories.grouping import Group, group

LOCK = "Schleuse Nordhaven\n\nDie Hafenbehörde in Nordhaven plant eine Schleuse. Reeder der Hafenbehörde hoffen."
LOCK_LATER = "Reeder begrüßen Schleuse\n\nIn Nordhaven begrüßen Reeder die Schleuse, die Hafenbehörde baut ab Mai."
RUN = "Leuchtturmlauf auf Sandholm\n\nAuf Sandholm lief eine Lehrerin beim Leuchtturmlauf allen davon."


def profiles(*items: tuple[str, str, int, int]) -> list:  # type: ignore[type-arg]
    german = language("de")
    return [profile(article(name, text, "Abendpost", hour, day=day), german) for name, text, hour, day in items]


def members(*items: tuple[str, str, int, int]) -> list[list[str]]:
    return [one.members for one in group(profiles(*items))]


def test_articles_on_one_event_are_one_story_and_others_are_not() -> None:
    found = members(("a", LOCK, 8, 3), ("b", RUN, 9, 3), ("c", LOCK_LATER, 10, 4))
    assert found == [["a", "c"], ["b"]]


def test_the_order_of_arrival_makes_no_difference() -> None:
    items = (("a", LOCK, 8, 3), ("b", RUN, 9, 3), ("c", LOCK_LATER, 10, 4))
    assert members(*items) == members(*reversed(items))


def test_the_same_names_weeks_later_are_another_story() -> None:
    assert members(("a", LOCK, 8, 1), ("c", LOCK_LATER, 10, 20)) == [["a"], ["c"]]


def test_shared_text_joins_what_words_would_not() -> None:
    one, other = profiles(("a", LOCK, 8, 3), ("b", RUN, 9, 3))
    assert [g.members for g in group([one, other], [("b", "a")])] == [["a", "b"]]


def test_a_new_article_finds_its_story_among_candidates() -> None:
    lock, run, later = profiles(("a", LOCK, 8, 3), ("b", RUN, 9, 3), ("c", LOCK_LATER, 10, 4))
    groups = {7: Group(), 9: Group()}
    groups[7].add(run)
    groups[9].add(lock)
    assert joins(later, groups) == 9
    assert joins(later, {7: groups[7]}) is None
    assert joins(later, {}) is None


def test_an_article_without_words_is_a_story_of_its_own() -> None:
    assert members(("a", "", 8, 3), ("b", "", 9, 3)) == [["a"], ["b"]]
