"""Log-linear models: what counts, what does not, and what is missing."""

import pytest

from inquit.languages import language
from inquit.sources.weights import Classifier, Ranker, classifier, softmax


def test_a_feature_without_a_weight_counts_nothing() -> None:
    assert Ranker({"a": 1.5}).score(["a", "b"]) == 1.5


def test_the_bias_alone_decides_without_features() -> None:
    model = Classifier(("no", "yes"), (0.0, 1.0), {"x": (5.0, 0.0)})
    assert model.best([])[0] == "yes"
    assert model.best(["x"])[0] == "no"
    assert sum(model.probabilities(["x", "unknown"])) == pytest.approx(1.0)


def test_softmax_of_large_scores_does_not_overflow() -> None:
    assert softmax([1000.0, 0.0]) == pytest.approx([1.0, 0.0])


def test_a_model_that_was_not_trained_is_none() -> None:
    assert classifier(language("de"), "nothing of this name") is None
