"""Two results of the same questions, side by side: what got better, what got worse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evaluation.compare_retrieval import Found, compare_retrieval
from assistant.evaluation.figures import differences
from assistant.evaluation.results import Case, Figure, Result, Results, Run
from store.errors import UsageError

OURS = "hybrid"
"""The arm of finding that is ours."""

DECIDING = (
    "gold_cited_share",
    "gold_all_cited_share",
    "facts_share",
    "answer_found_share",
    "refused_share",
    "answered_share",
    "quotes_exact_share",
)
"""Figures of yes and no; a question got better where one of them went from no to yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One question that went otherwise: which figures it gained, and which it lost."""

    run: str
    before: Case
    after: Case
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two results of one data set.

    Attributes:
        dataset: its name.
        differences: by run: how much greater each figure is after than before.
        changes: the questions that went otherwise, those that lost something first.
        notes: what else differs between the two (settings, model, library), told in sentences.
        found: what was found by the arm that is ours, or None where that was not measured.
    """

    dataset: str
    differences: dict[str, tuple[Figure, ...]]
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    found: Found | None = None


def compare(before: Results, after: Results, seed: int = 0) -> tuple[Comparison, ...]:
    """Compare results, data set by data set, run by run, question by question.

    Args:
        before: of one call.
        after: of another.
        seed: of the resampling.

    Raises:
        UsageError: they are not of the same data sets, or of other samples of them.
    """
    first, second = (
        {result.provenance.dataset: result for result in one.results} for one in (before, after)
    )
    if set(first) != set(second):
        raise UsageError(
            "两次评测的数据集不同，不能比较："
            f"{'、'.join(sorted(first))}；{'、'.join(sorted(second))}。"
        )
    return tuple(_compared(first[name], second[name], seed) for name in first)


def _compared(before: Result, after: Result, seed: int) -> Comparison:
    one, other = before.provenance, after.provenance
    asked = [[case.id for case in result.plain.cases] for result in (before, after)]
    if one.fingerprint != other.fingerprint or asked[0] != asked[1]:
        raise UsageError(f"两次评测的 {one.dataset} 内容不同，或抽样不同，不能比较。")
    runs = {run.name: run for run in after.runs}
    pairs = [(run, runs[run.name]) for run in before.runs if run.name in runs]
    changes = [change for left, right in pairs for change in _changes(left, right)]
    return Comparison(
        dataset=one.dataset,
        differences={
            left.name: differences(left.cases, right.cases, seed) for left, right in pairs
        },
        changes=tuple(sorted(changes, key=lambda change: not change.lost)),
        notes=_notes(before, after),
        found=compare_retrieval(before.retrieval, after.retrieval, (OURS,), seed),
    )


def _changes(before: Run, after: Run) -> list[Change]:
    found = []
    later = {case.id: case for case in after.cases}
    for case in before.cases:
        other = later.get(case.id)
        if other is None:
            continue
        was, is_now = _right(case), _right(other)
        both = [name for name in DECIDING if name in was and name in is_now]
        gained = tuple(name for name in both if is_now[name] > was[name])
        lost = tuple(name for name in both if is_now[name] < was[name])
        if gained or lost:
            found.append(
                Change(run=before.name, before=case, after=other, gained=gained, lost=lost)
            )
    return found


def _right(case: Case) -> Mapping[str, float]:
    return {name: case.tallies[name][0] for name in DECIDING if name in case.tallies}


def _notes(before: Result, after: Result) -> tuple[str, ...]:
    one, other = before.provenance, after.provenance
    named: Sequence[tuple[str, object, object]] = [
        ("报道库的内容", one.library[:12], other.library[:12]),
        ("作答的模型", one.model, other.model),
        ("向量模型", one.embedder, other.embedder),
        ("核对依据的办法", one.support, other.support),
        ("程序", f"{one.version} {one.commit}", f"{other.version} {other.commit}"),
        *(
            (f"设置 {name}", one.settings.get(name), other.settings.get(name))
            for name in sorted({*one.settings, *other.settings})
        ),
    ]
    return tuple(f"{name}不同：{left}；{right}。" for name, left, right in named if left != right)
