"""Cases as if questions had been asked."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.evaluation.figures import make_run
from assistant.evaluation.refusal import refusal_tallies
from assistant.evaluation.results import Case, Provenance, Result, Run
from assistant.records import Status

MEASURED = {
    name: {"value": 0.5, "low": 0.2, "high": 0.8}
    for name in ("hit@1", "hit@5", "mrr@10", "ndcg@10")
}
GAP = {"metric": "mrr@10", "value": -0.1, "low": -0.2, "high": -0.05, "p": 0.01}
RETRIEVAL = {
    "questions": 6,
    "settings": {"embedder": "hashing"},
    "arms": {name: {"metrics": MEASURED, "per_question": {}} for name in ("hybrid", "bm25-jieba")},
    "differences": [{"arm": "hybrid", "baseline": "bm25-jieba"} | GAP],
    "types": {
        "headline": {
            "questions": 4,
            "arms": dict.fromkeys(("hybrid", "bm25-jieba"), MEASURED),
            "differences": [{"arm": "hybrid", "baseline": "bm25-jieba"} | GAP | {"p": 0.4}],
        }
    },
    "variants": {
        "swapped": {
            "questions": 6,
            "arms": dict.fromkeys(("hybrid", "bm25-jieba"), MEASURED),
            "differences": [
                *({"arm": name, "baseline": "plain"} | GAP for name in ("hybrid", "bm25-jieba")),
                {"arm": "hybrid", "baseline": "bm25-jieba"} | GAP | {"value": -0.02, "p": 0.3},
            ],
        }
    },
}


def build_case(id_: str, right: bool = True, *, answerable: bool = True, **more: object) -> Case:
    """Build a case that went well or did not."""
    status = Status.ANSWERED if right == answerable else Status.NOT_COVERED
    tallies = refusal_tallies(status, answerable=answerable)
    if answerable:
        tallies["gold_cited_share"] = (float(right), 1.0)
    fields: dict[str, Any] = {
        "id": id_,
        "type": "fact" if answerable else "false-premise",
        "asked": f"问题{id_}？",
        "answerable": answerable,
        "status": str(status),
        "said": "答。" if status is Status.ANSWERED else "",
        "model": "extractive",
        "elapsed_ms": 10.0,
        "tallies": tallies,
    }
    return Case(**fields | more)


def build_result(*runs: Run, **more: object) -> Result:
    """Build a result of one data set."""
    fields: dict[str, Any] = {
        "dataset": "some",
        "fingerprint": "0" * 64,
        "library": "1" * 64,
        "sample": None,
        "seed": 0,
        "model": "extractive",
        "embedder": "hashing",
        "support": "quotes",
        "version": "0.1.0",
        "commit": None,
        "settings": {"chat_model": None},
    }
    return Result(provenance=Provenance(**fields | more), runs=runs)


@pytest.fixture
def make_case() -> Callable[..., Case]:
    return build_case


@pytest.fixture
def make_result() -> Callable[..., Result]:
    return build_result


@pytest.fixture
def plain() -> Run:
    """Six answerable questions of which four go well, two that are not, one refused."""
    cases = [build_case(str(number), number < 4) for number in range(6)]
    cases += [build_case(f"u{number}", number < 1, answerable=False) for number in range(2)]
    return make_run("plain", "plain", cases, seed=0)


@pytest.fixture
def retrieval() -> dict[str, Any]:
    """What was found, as JSON holds it: the baseline is ahead, by its kind perhaps by chance."""
    return RETRIEVAL
