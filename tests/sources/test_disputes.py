"""Who disputes whom: what is compared, and which pairs count."""

import numpy as np
import pytest
from marking import GERMAN, article, attributed, quotation

from inquit.records import Quotation, Source, Span
from inquit.sources import disputes
from inquit.sources.answering import contenders
from inquit.sources.facing import NAMES, Pairs, paired, pairs
from inquit.sources.reading import reading
from inquit.sources.statements import Denials, Statement, statements
from inquit.sources.trees import Trees

TEXT = (
    "Der Hafenkurier berichtete am Montag, die Werft Bremholt entlasse hundert Leute.\n\n"
    "Die Werft Bremholt wies den Bericht zurück. „Niemand wird entlassen“, sagte Sprecherin Ilse Kamp."
)
REPORT = quotation(TEXT, 0, "die Werft Bremholt entlasse hundert Leute", speaker="Der Hafenkurier")
DENIAL = quotation(TEXT, 1, "Die Werft Bremholt wies den Bericht zurück", speaker="Die Werft Bremholt", type="Reported")
DIRECT = quotation(TEXT, 2, "„Niemand wird entlassen“", speaker="Sprecherin Ilse Kamp", type="Direct")


def sourced(one: Quotation, name: str | None, kind: str = "person") -> Quotation:
    links = () if name is None else (Source(mention=Span(0, 1), name=name, kind=kind, naming="named"),)  # type: ignore[arg-type]
    return Quotation(**{**{f: getattr(one, f) for f in one.__slots__}, "chain": links})


def prepared(*names: str | None) -> list[Statement]:
    given = tuple(sourced(one, name) for one, name in zip((REPORT, DENIAL, DIRECT), names, strict=True))
    return statements(reading(article(TEXT), given, GERMAN), given, {1: Denials(0.9)}, GERMAN)


def value(found: Pairs, name: str, one: int, two: int) -> float:
    (line,) = np.flatnonzero((found.ones == one) & (found.twos == two))
    return float(found.rows[line, NAMES.index(name)])


def test_nobody_disputes_himself_and_who_is_unknown_disputes_nobody() -> None:
    found = prepared("Hafenkurier", "Bremholt", "Bremholt")
    assert [[two.number for two in contenders(found, one)] for one in found] == [[1, 2], [0], [0]]
    assert contenders(prepared("Hafenkurier", None, "Kamp"), prepared("Hafenkurier", None, "Kamp")[1]) == []


def test_a_denial_of_the_same_source_near_by_counts() -> None:
    assert prepared("Hafenkurier", "Bremholt", "Bremholt")[2].denial_before == 0.9
    assert prepared("Hafenkurier", "Bremholt", "Kamp")[2].denial_before == 0.0


def test_a_pair_is_told_by_whom_it_speaks_of_and_what_both_are_about() -> None:
    found = pairs(prepared("Hafenkurier", "Bremholt", "Kamp"), [0.1, 0.9, 0.9], [0.9, 0.1, 0.1])
    assert value(found, "speaks of the source", 1, 0) == 1.0
    assert value(found, "one reports", 1, 0) == 1.0
    assert value(found, "shared", 2, 0) > 0.0
    assert value(found, "opposed", 2, 0) == 1.0
    assert value(found, "order among claims", 2, 0) == 0.0
    assert value(found, "order", 2, 0) == 1.0
    assert value(found, "after", 0, 2) == 1.0


def test_what_hardly_answers_is_not_compared_unless_it_denies() -> None:
    given = prepared("Hafenkurier", "Bremholt", "Kamp")
    (some,) = paired(given, [0.0, 0.0, 0.5], [0.5] * 3, least=0.1)
    assert set(some.ones.tolist()) == {2}
    assert list(paired(given, [0.0] * 3, [0.5] * 3, least=0.1)) == []
    assert pairs([], [], []).rows.shape == (0, len(NAMES))


def test_pairs_told_of_in_parts_are_those_told_of_at_once() -> None:
    given, chance = prepared("Hafenkurier", "Bremholt", "Kamp"), [0.2, 0.9, 0.7]
    parts = list(paired(given, chance, chance, together=1))
    assert len(parts) == 3
    assert np.array_equal(np.concatenate([one.rows for one in parts]), pairs(given, chance, chance).rows)


def test_the_likeliest_pairs_of_each_count() -> None:
    facing = Pairs(np.array([2] * 6 + [1]), np.array([0, 1, 3, 4, 5, 6, 0]), np.zeros((7, len(NAMES))))
    likely = np.array([0.9, 0.1, 0.5, 0.8, 0.7, 0.6, 0.4])
    assert sorted(disputes.accepted(facing, likely)) == [0, 3, 4, 5, 6]
    assert disputes.MOST_DISPUTED == 4


def test_who_surely_denies_denies_what_is_likeliest() -> None:
    facing = Pairs(np.array([0, 0, 1, 1]), np.array([1, 2, 0, 2]), np.zeros((4, len(NAMES))))
    likely = np.array([0.1, 0.2, 0.2, 0.1])
    assert disputes.accepted(facing, likely, [0.95, 0.5, 0.0]) == [1]
    assert disputes.accepted(facing, likely / 10, [0.95, 0.95, 0.0]) == []
    assert disputes.accepted(facing, likely) == []


def test_a_tree_asks_from_the_root_to_a_leaf() -> None:
    one = Trees(
        names=("a", "b"),
        bias=0.0,
        columns=np.array([[0, 1, 1]]),
        bounds=np.array([[0.5, 1.5, 2.5]]),
        leaves=np.array([[-2.0, -1.0, 1.0, 2.0]]),
    )
    rows = np.array([[0.0, 1.0], [0.0, 2.0], [1.0, 2.0], [1.0, 3.0]])
    odds = np.log(one.probabilities(rows) / (1 - one.probabilities(rows)))
    assert odds == pytest.approx([-2.0, -1.0, 1.0, 2.0])


def test_the_medium_that_reported_is_disputed_by_whom_it_reported_on() -> None:
    report, denial, direct = attributed(TEXT, REPORT, DENIAL, DIRECT)
    assert denial.disputes == (0,)
    assert report.disputes == ()
    assert 1 not in direct.disputes
