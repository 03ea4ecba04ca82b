"""Five documents, of which a share is noise, as RGB gives them."""

import pytest

from assistant.evaluation.noise import RATIOS, documents_for
from assistant.evaluation.records import EvalQuestion

GOLD, NOISE = tuple(f"g{n}" for n in range(8)), tuple(f"n{n}" for n in range(9))


def question(
    gold: tuple[str, ...] = GOLD,
    noise: tuple[str, ...] = NOISE,
    groups: tuple[tuple[str, ...], ...] = (),
    *,
    answerable: bool = True,
) -> EvalQuestion:
    return EvalQuestion(
        id="1",
        type="",
        question="问？",
        answerable=answerable,
        gold=gold,
        noise=noise,
        groups=groups,
    )


@pytest.mark.parametrize(("ratio", "noisy"), list(zip(RATIOS, range(5), strict=True)))
def test_the_ratio_is_the_share_of_noise(ratio: float, noisy: int) -> None:
    found = documents_for(question(), ratio, seed=0)
    assert found is not None
    assert len(set(found)) == 5
    assert sum(one in NOISE for one in found) == noisy
    assert found == documents_for(question(), ratio, seed=0)


def test_what_is_missing_of_one_sort_is_filled_with_the_other() -> None:
    few = documents_for(question(gold=("g0",)), 0.2, 0)
    assert few is not None
    assert sum(one in NOISE for one in few) == 4
    quiet = documents_for(question(noise=("n0", "n1")), 0.8, 0)
    assert quiet is not None
    assert sum(one in NOISE for one in quiet) == 2


def test_too_few_documents_are_told_by_none() -> None:
    assert documents_for(question(gold=("g0",), noise=("n0",)), 0.4, 0) is None
    assert documents_for(question(noise=()), 0.2, 0) is None


def test_a_question_that_nothing_answers_is_given_noise_only() -> None:
    for ratio in RATIOS:
        found = documents_for(question(answerable=False), ratio, 0)
        assert found is not None
        assert set(found) <= set(NOISE)


def test_each_part_of_a_question_has_a_document_before_any_has_two() -> None:
    parts = question(groups=(GOLD[:1], GOLD[1:]))
    for seed in range(10):
        found = documents_for(parts, 0.6, seed)
        assert found is not None
        assert "g0" in found
    assert documents_for(parts, 0.8, 0) is None
