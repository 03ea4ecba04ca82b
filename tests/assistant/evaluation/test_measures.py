"""Measures are trec_eval's own; intervals and tests say how far they can be trusted."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from assistant.evaluation.measures import METRICS, PARTS, measure
from assistant.evaluation.records import EvalQuestion
from assistant.evaluation.runs import Ranking, ranking, write_trec
from assistant.evaluation.significance import Resampling, intervals, p_values
from store.errors import UsageError

PACKAGES = ("ir_measures", "pytrec_eval")
pytestmark = pytest.mark.skipif(
    any(find_spec(one) is None for one in PACKAGES), reason="the eval extra is not installed"
)
WAY = Resampling(resamples=2000, seed=1)


def question(id_: str, *gold: str, **more: object) -> EvalQuestion:
    return EvalQuestion(id=id_, type="", question="问？", answerable=True, gold=gold, **more)  # type: ignore[arg-type]


def ranked(*documents: str) -> Ranking:
    return ranking(((one, 1.0) for one in documents), 100)


def test_a_ranking_holds_each_document_once_in_the_order_given_with_falling_scores() -> None:
    found = ranking([("b", 0.5), ("a", 0.5), ("b", 0.5), ("c", 0.5), ("d", 0.1)], 3)
    assert [one for one, _ in found] == ["b", "a", "c"]
    scores = np.array([score for _, score in found], dtype=np.float32)
    assert (np.diff(scores) < 0).all()
    assert found[0][1] == 0.5


def test_the_measures_are_those_worked_out_by_hand() -> None:
    asked = [question("q1", "a"), question("q2", "a", "b"), question("q3", "c")]
    run = {"q1": ranked("x", "a"), "q2": ranked("b", "x", "a")}
    found = measure(asked, run)
    assert found["q1"]["hit@1"] == 0
    assert found["q1"]["hit@3"] == found["q1"]["recall@3"] == 1
    assert found["q1"]["mrr@10"] == 0.5
    assert found["q1"]["ndcg@10"] == pytest.approx(1 / np.log2(3))
    assert found["q2"]["recall@1"] == 0.5
    assert found["q2"]["ndcg@10"] == pytest.approx(1.5 / (1 + 1 / np.log2(3)))
    assert set(found["q3"]) == set(METRICS)
    assert not any(found["q3"].values())


def test_nothing_after_the_tenth_document_counts() -> None:
    run = {"q": ranked(*map(str, range(10)), "a")}
    assert not any(measure([question("q", "a")], run)["q"].values())


def test_better_documents_gain_more_where_they_are_graded() -> None:
    asked = [question("q", "a", "b", grades=(3, 1))]
    better = measure(asked, {"q": ranked("a", "b")})["q"]["ndcg@10"]
    assert better == 1
    assert measure(asked, {"q": ranked("b", "a")})["q"]["ndcg@10"] < better


def test_all_parts_are_found_only_where_each_has_a_document() -> None:
    parts = (("a", "b"), ("c",))
    asked = [question("q", "a", "b", "c", groups=parts), question("r", "a")]
    both = measure(asked, {"q": ranked("b", "x", "c"), "r": ranked("a")})
    one = measure(asked, {"q": ranked("a", "b"), "r": ranked("a")})
    assert (both["q"][PARTS], one["q"][PARTS]) == (1, 0)
    assert PARTS not in both["r"]
    assert measure(asked, {})["q"][PARTS] == 0


def test_pytrec_eval_agrees_on_the_files_that_are_written(tmp_path: Path) -> None:
    import pytrec_eval

    draw = np.random.default_rng(5)
    names = [f"文{number}" for number in range(40)]
    asked = [
        question(
            f"q{number}",
            *(gold := tuple(map(str, draw.choice(names, 4, replace=False)))),
            grades=(3, 2, 1, 1),
            groups=(gold[:2], gold[2:]),
        )
        for number in range(30)
    ]
    run: Mapping[str, Ranking] = {
        one.id: ranking(
            # Scores that are often alike: the order must still be ours.
            ((str(name), float(draw.integers(0, 3))) for name in draw.permutation(names)),
            100,
        )
        for one in asked
    }
    ordered = {
        key: ranking(sorted(found, key=lambda one: -one[1]), 100) for key, found in run.items()
    }
    write_trec(tmp_path, asked, {"臂": ordered})
    with (tmp_path / "qrels.txt").open(encoding="utf-8") as file:
        qrels = pytrec_eval.parse_qrel(file)
    with (tmp_path / "臂.run").open(encoding="utf-8") as file:
        read = pytrec_eval.parse_run(file)
    wanted = {"success.1,3,5,10", "recall.1,3,5,10", "ndcg_cut.10"}
    theirs = pytrec_eval.RelevanceEvaluator(qrels, wanted).evaluate(read)
    first_ten = {
        key: dict(sorted(found.items(), key=lambda one: -one[1])[:10])
        for key, found in read.items()
    }
    reciprocal = pytrec_eval.RelevanceEvaluator(qrels, {"recip_rank"}).evaluate(first_ten)
    ours = measure(asked, ordered)
    for key, mine in ours.items():
        for depth in (1, 3, 5, 10):
            assert mine[f"hit@{depth}"] == theirs[key][f"success_{depth}"]
            assert mine[f"recall@{depth}"] == theirs[key][f"recall_{depth}"]
        assert mine["ndcg@10"] == theirs[key]["ndcg_cut_10"]
        assert mine["mrr@10"] == reciprocal[key]["recip_rank"]


def test_white_space_in_ids_neither_breaks_the_files_nor_makes_two_ids_one(tmp_path: Path) -> None:
    asked = [question("q 1", "a b"), question("q_1", "a_b"), question("q%201", "a b")]
    write_trec(tmp_path, asked, {"arm": {one.id: ranked(*one.gold) for one in asked}})
    qrels = (tmp_path / "qrels.txt").read_text("utf-8").splitlines()
    assert [one.split()[0] for one in qrels] == ["q%201", "q_1", "q%25201"]
    runs = (tmp_path / "arm.run").read_text("utf-8").splitlines()
    assert [one.split()[2] for one in runs] == ["a%20b", "a_b", "a%20b"]
    with pytest.raises(UsageError, match="写不进"):
        write_trec(tmp_path / "arm.run", [], {})


def test_an_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    draw = np.random.default_rng(2)
    few, many = draw.random((20, 1)), draw.random((2000, 1))
    low, high = intervals(few, WAY)[:, 0]
    assert low < few.mean() < high
    narrow = intervals(many, WAY)[:, 0]
    assert narrow[1] - narrow[0] < (high - low) / 5
    # As the normal approximation has it.
    error = 1.96 * many.std() / np.sqrt(len(many))
    assert narrow[1] - many.mean() == pytest.approx(error, rel=0.1)


def test_the_same_seed_gives_the_same_interval_and_p() -> None:
    values = np.random.default_rng(3).normal(0.1, 1, (50, 3))
    assert (intervals(values, WAY) == intervals(values, WAY)).all()
    assert (p_values(values, WAY) == p_values(values, WAY)).all()
    other = Resampling(resamples=2000, seed=2)
    assert (p_values(values, WAY) != p_values(values, other)).any()


def test_p_is_one_without_a_difference_and_small_with_a_clear_one() -> None:
    differences = np.stack([np.zeros(40), np.ones(40), np.tile([1.0, -1.0], 20)], axis=1)
    none, clear, balanced = p_values(differences, WAY)
    assert none == 1
    assert clear == pytest.approx(1 / 2001)
    assert balanced == 1


def test_p_is_that_of_the_sign_test_where_it_is_known() -> None:
    # Five better, none worse: 2 of 32 ways of giving signs are as great.
    (found,) = p_values(np.ones((5, 1)), Resampling(resamples=20_000, seed=4))
    assert found == pytest.approx(2 / 32, abs=0.006)
