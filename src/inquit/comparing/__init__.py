"""How the stories of a corpus are kept up to date: pure comparison and the store meet here.

due articles --traces--> boilerplate, carried text, what hangs on what --> stories --compose--> links and claims

Each step is one transaction that leaves the corpus as if all that was compared had been compared at once, so that a
killed program loses one step, and several may compare at a time.
"""

from collections.abc import Callable
from dataclasses import replace

from inquit import stories
from inquit.comparing.copies import Copies
from inquit.comparing.known import Known, changed, kept_of
from inquit.comparing.membership import Membership
from inquit.comparing.together import put_together
from inquit.languages import Language, language
from inquit.records import Compared
from inquit.store import Book, Store, Traces

ARTICLES = 400
"""Articles compared in one step: a second or two, for which another writer waits."""

ARTICLES_TOGETHER = 100
"""Articles of the stories that are put together in one step, where there is more than one story."""


def compare(store: Store, *, by: str, stop: Callable[[], bool], told: Callable[[Compared], None]) -> Compared:
    """Bring stories and claims up to date; `stop` is asked, and `told` is called, between steps.

    `by` names the program with its weights and tables: what another one compared is compared again.
    """
    knowledge = language("de")
    known = Known(knowledge, by)
    if store.compared_by() != by:
        with store.comparing() as (traces, _):
            traces.begin_anew(by)
    so_far = _further(store, NOTHING)
    while so_far.articles_waiting and not stop():
        with store.comparing() as (traces, book):
            n = _compare_some(traces, book, known)
        so_far = _further(store, so_far, articles=n)
        told(so_far)
    while so_far.stories_waiting and not stop():
        with store.comparing() as (traces, book):
            n = _put_some_together(traces, book, knowledge)
        so_far = _further(store, so_far, n_stories=n)
        told(so_far)
    return so_far


def waiting(store: Store, *, by: str) -> Compared:
    """What is not up to date."""
    so_far = _further(store, NOTHING)
    return so_far if store.compared_by() == by else replace(so_far, articles_waiting=store.count().articles)


NOTHING = Compared(articles=0, stories=0, articles_waiting=0, stories_waiting=0)


def _further(store: Store, so_far: Compared, *, articles: int = 0, n_stories: int = 0) -> Compared:
    due, stale = store.waiting()
    return replace(
        so_far,
        articles=so_far.articles + articles,
        stories=so_far.stories + n_stories,
        articles_waiting=due,
        stories_waiting=stale,
    )


def _compare_some(traces: Traces, book: Book, known: Known) -> int:
    """Compare the oldest of the articles that are due; how many."""
    due = traces.due(ARTICLES)
    change = changed(traces, due, known)
    copies, membership = Copies(traces, known), Membership(traces, known)
    before = copies.displaced_by(change.gone)
    membership.leave(change.gone)
    traces.remove(change.gone, *kept_of(change.gone))
    numbers = traces.put(change.come, *kept_of(change.come))
    come = [replace(one, number=number) for one, number in zip(change.come, numbers, strict=True)]
    known.remember(come, change.articles)
    copies.arrive(come)
    flipped = copies.find_boilerplate(come, change.gone)
    moved = before | copies.displaced_by(come)
    membership.touch(copies.pair(come, moved - set(numbers), flipped))
    membership.hang(come)
    groups, former = membership.stories()
    book.place({stories.story_id(first): members for first, members in groups}, former)
    book.mark_stale(change.said_otherwise)
    traces.done([key for key, _ in due])
    return len(due)


def _put_some_together(traces: Traces, book: Book, knowledge: Language) -> int:
    """Put together some of the stories whose articles or statements are new; how many."""
    chosen: list[str] = []
    articles = 0
    for identifier, size in book.stale(ARTICLES_TOGETHER):
        if chosen and articles + size > ARTICLES_TOGETHER:
            break
        chosen.append(identifier)
        articles += size
    made = list(put_together(traces, chosen, knowledge))
    book.put(made)
    book.place({}, set(chosen) - {kept.story.id for kept, _ in made})
    return len(chosen)
