"""Fusing two rankings."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieve import fuse
from store.ids import PassageId

scores = st.dictionaries(
    st.sampled_from([PassageId(f"p{n}") for n in range(9)]), st.floats(0, 50, allow_nan=False)
).map(lambda found: sorted(found.items(), key=lambda pair: -pair[1]))


@given(scores, scores, st.floats(0, 1))
def test_fused_scores_are_shares_best_first_each_passage_once(
    lexical: list[tuple[PassageId, float]], dense: list[tuple[PassageId, float]], weight: float
) -> None:
    fused = fuse(lexical, dense, weight)
    values = [score for _, score in fused]
    assert values == sorted(values, reverse=True)
    assert all(0 <= value <= 1 + 1e-9 for value in values)
    assert {id_ for id_, _ in fused} == {id_ for id_, _ in [*lexical, *dense]}


def test_agreement_of_both_arms_wins() -> None:
    a, b, c = (PassageId(name) for name in "abc")
    fused = fuse([(a, 9.0), (b, 8.0)], [(c, 0.9), (b, 0.88), (a, 0.5)], 0.5)
    assert fused[0][0] == b


def test_without_weight_the_lexical_arm_is_silent() -> None:
    a, b = PassageId("a"), PassageId("b")
    assert [id_ for id_, _ in fuse([(b, 9.0)], [(a, 0.9), (b, 0.8)], 0.0)] == [a, b]
