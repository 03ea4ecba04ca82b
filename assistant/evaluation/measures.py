"""Measures of rankings: trec_eval's own, by ir-measures and pytrec_eval."""

from collections.abc import Mapping, Sequence

from assistant.evaluation.extras import require
from assistant.evaluation.records import EvalQuestion
from assistant.evaluation.runs import Run, judged

PACKAGES = ("ir_measures", "pytrec_eval")
DEPTHS = (1, 3, 5, 10)
DEEPEST = max(DEPTHS)
PARTS = f"parts@{DEEPEST}"
METRICS = (
    *(f"hit@{depth}" for depth in DEPTHS),
    *(f"recall@{depth}" for depth in DEPTHS),
    f"mrr@{DEEPEST}",
    f"ndcg@{DEEPEST}",
)

Values = dict[str, dict[str, float]]
"""Measures (0 to 1) by name, by the id of their question."""


def measure(questions: Sequence[EvalQuestion], run: Run) -> Values:
    """Measure the ranking that each question got.

    Everything is counted within the first ten documents. `hit@k` says whether one of the gold
    documents is among the first k, `recall@k` which share of them is; `parts@10`, of questions in
    several parts only, whether every part has one of its documents among the first ten.

    Args:
        questions: with gold documents, all of them.
        run: a question without a ranking found nothing.

    Raises:
        MissingExtraError: ir-measures or pytrec_eval is not installed.
    """
    first = {one.id: dict(run.get(one.id, ())[:DEEPEST]) for one in questions}
    values = _trec_eval(METRICS, judged(questions), first)
    for key, holds in _parts(questions, first).items():
        values[key][PARTS] = holds
    return values


def _parts(
    questions: Sequence[EvalQuestion], first: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """Say of each question in several parts whether all of them are found: 1 or 0.

    Each part is measured as a question of its own.
    """
    parts = {
        f"{one.id}/{place}": (one.id, group)
        for one in questions
        for place, group in enumerate(one.groups)
    }
    if not parts:
        return {}
    found = _trec_eval(
        (f"hit@{DEEPEST}",),
        {part: dict.fromkeys(group, 1) for part, (_, group) in parts.items()},
        {part: first[key] for part, (key, _) in parts.items()},
    )
    together: dict[str, float] = {}
    for part, (key, _) in parts.items():
        together[key] = min(together.get(key, 1.0), found[part][f"hit@{DEEPEST}"])
    return together


def _trec_eval(
    names: Sequence[str],
    qrels: Mapping[str, Mapping[str, int]],
    run: Mapping[str, Mapping[str, float]],
) -> Values:
    require(*PACKAGES)
    import ir_measures
    from ir_measures import RR, R, Success, nDCG

    by_measure = {f"mrr@{DEEPEST}": RR, f"ndcg@{DEEPEST}": nDCG @ DEEPEST}
    for depth in DEPTHS:
        by_measure[f"hit@{depth}"] = Success @ depth
        by_measure[f"recall@{depth}"] = R @ depth
    name_of = {by_measure[name]: name for name in names}
    values: Values = {key: {} for key in qrels}
    for one in ir_measures.pytrec_eval.iter_calc(list(name_of), qrels, run):
        values[one.query_id][name_of[one.measure]] = float(one.value)
    return values
