from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from story_corpus import article

from inquit.languages import language
from inquit.stories import Profile, connected, leading, nearer, outline, parent, perhaps_alike, profile
from inquit.stories.grouping import group, may_hang, parents
from inquit.stories.profiles import likeness

LOCK = "Schleuse Nordhaven\n\nDie Hafenbehörde in Nordhaven plant eine Schleuse. Reeder der Hafenbehörde hoffen."
LOCK_LATER = "Reeder begrüßen Schleuse\n\nIn Nordhaven begrüßen Reeder die Schleuse, die Hafenbehörde baut ab Mai."
RUN = "Leuchtturmlauf auf Sandholm\n\nAuf Sandholm lief eine Lehrerin beim Leuchtturmlauf allen davon."


def profiles(*items: tuple[str, str, int, int]) -> list[Profile]:
    german = language("de")
    return [profile(article(name, text, "Abendpost", hour, day=day), german) for name, text, hour, day in items]


def members(*items: tuple[str, str, int, int]) -> list[list[str]]:
    return group(profiles(*items))


def test_articles_on_one_event_are_one_story_and_others_are_not() -> None:
    found = members(("a", LOCK, 8, 3), ("b", RUN, 9, 3), ("c", LOCK_LATER, 10, 4))
    assert found == [["a", "c"], ["b"]]


def test_the_same_names_weeks_later_are_another_story() -> None:
    assert members(("a", LOCK, 8, 1), ("c", LOCK_LATER, 10, 20)) == [["a"], ["c"]]


def test_a_story_goes_on_as_long_as_articles_follow() -> None:
    found = members(("a", LOCK, 8, 1), ("b", LOCK_LATER, 10, 9), ("c", LOCK, 10, 17), ("d", LOCK, 10, 30))
    assert found == [["a", "b", "c"], ["d"]]


def test_shared_text_joins_what_words_would_not() -> None:
    one, other = profiles(("a", LOCK, 8, 3), ("b", RUN, 9, 3))
    assert group([one, other], [("b", "a")]) == [["a", "b"]]


def test_an_article_without_words_is_a_story_of_its_own() -> None:
    assert members(("a", "", 8, 3), ("b", "", 9, 3)) == [["a"], ["b"]]


def test_an_article_without_a_time_hangs_on_any_but_none_with_a_time_hangs_on_it() -> None:
    lock, later = profiles(("a", LOCK, 8, 3), ("c", LOCK_LATER, 10, 28))
    undated = replace(lock, id="0", published=None)
    assert group([undated, later]) == [["c", "0"]]
    assert not may_hang(later, undated)
    assert group([undated, replace(undated, id="1")]) == [["0", "1"]]


def test_of_two_articles_that_are_equally_alike_the_earlier_one_is_taken() -> None:
    first, second, third = (
        Profile(name, {"hafen": 1.0}, f"2025-03-0{day}") for name, day in (("b", 1), ("a", 2), ("c", 3))
    )
    assert [on.id for on in parents([third, second, first]).values()] == ["b", "b"]
    found = nearer(third, nearer(third, None, second), first)
    assert found == parent(third, [first, second])


def test_connected_groups_keep_the_order() -> None:
    assert connected("dcba", [("a", "c"), ("b", "d"), ("c", "a")]) == [["d", "b"], ["c", "a"]]
    assert connected("ab", []) == [["a"], ["b"]]


TERMS = [f"wort{i}" for i in range(14)]
SOME = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(TERMS), st.sampled_from([0.2, 0.4, 0.6]), max_size=13),
        st.one_of(st.none(), st.integers(1, 28)),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(SOME, st.randoms(use_true_random=False))
def test_the_order_in_which_articles_are_given_makes_no_difference(items: list, chance: object) -> None:  # type: ignore[type-arg]
    made = [
        Profile(f"a{i}", terms, None if day is None else f"2025-03-{day:02}") for i, (terms, day) in enumerate(items)
    ]
    expected = group(made), parents(made)
    chance.shuffle(made)  # type: ignore[attr-defined]
    assert (group(made), parents(made)) == expected
    for one in made:
        sharing = [other for other in made if set(leading(one)) & set(leading(other))]
        assert parent(one, sharing) == expected[1].get(one.id)


@settings(max_examples=60, deadline=None)
@given(SOME, st.integers(1, 28))
def test_a_new_article_touches_only_later_ones_within_its_window(items: list, day: int) -> None:  # type: ignore[type-arg]
    made = [Profile(f"b{i}", terms, f"2025-03-{at or 1:02}") for i, (terms, at) in enumerate(items)]
    new = Profile("a", {"wort0": 0.7, "wort1": 0.7}, f"2025-03-{day:02}")
    before, after = parents(made), parents([*made, new])
    for one in made:
        expected = nearer(one, before.get(one.id), new) if set(leading(one)) & set(leading(new)) else before.get(one.id)
        assert after.get(one.id) == expected
        assert may_hang(one, new) or after.get(one.id) == before.get(one.id)


WEIGHED = st.dictionaries(
    st.sampled_from([f"wort{n}" for n in range(12)]), st.integers(1, 9999), min_size=1, max_size=8
)


@settings(max_examples=60)
@given(WEIGHED, st.lists(WEIGHED, max_size=4), st.integers(0, 9000))
def test_outlines_leave_out_only_what_is_less_alike(one: dict[str, int], others: list[dict[str, int]], at: int) -> None:
    first, *rest = (Profile("x", {t: n / 10_000 for t, n in terms.items()}) for terms in (one, *others))
    kept = perhaps_alike(first, [outline(other) for other in rest], at / 10_000)
    for other, may_be in zip(rest, kept, strict=True):
        alike = likeness(first.terms, other.terms)
        assert may_be or alike < at / 10_000
        assert not may_be or alike > at / 10_000 - 0.001  # none of these words leads to the slot of another
