"""Two results of the same questions, side by side: what got better, what got worse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evaluation.compare_retrieval import Found, compare_retrieval
from assistant.evaluation.figures import differences
from assistant.evaluation.labels import run_label
from assistant.evaluation.results import Case, Figure, Result, Results, Run
from assistant.evaluation.retrieval_figures import OURS
from store.errors import UsageError

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
        UsageError: they are not of the same questions: another data set, half, sample or seed; or
            one measured finding alone and the other answers alone.
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
    _require_same_questions(before, after)
    runs = {run.name: run for run in after.runs}
    pairs = [(run, runs[run.name]) for run in before.runs if run.name in runs]
    changes = [change for left, right in pairs for change in _changes(left, right)]
    return Comparison(
        dataset=before.provenance.dataset,
        differences={
            left.name: differences(left.cases, right.cases, seed) for left, right in pairs
        },
        changes=tuple(sorted(changes, key=lambda change: not change.lost)),
        notes=(*_notes(before, after), *_alone(before, after)),
        found=compare_retrieval(before.retrieval, after.retrieval, (OURS,), seed),
    )


def _require_same_questions(before: Result, after: Result) -> None:
    """Raise UsageError where two results do not fit together, and say in what."""
    one, other = before.provenance, after.provenance
    named: Sequence[tuple[str, object, object]] = [
        ("数据集的内容", one.fingerprint[:12], other.fingerprint[:12]),
        ("哪一半", one.half or "全部", other.half or "全部"),
        ("抽的题数", one.sample or "全部", other.sample or "全部"),
        ("种子", one.seed, other.seed),
    ]
    told = [f"{name}不同（{left}；{right}）" for name, left, right in named if left != right]
    if told:
        raise UsageError(f"两次评测的 {one.dataset} 不能比较：{'，'.join(told)}。")
    asked = [[case.id for case in result.plain.cases] for result in (before, after)]
    found = [_found_for(result) for result in (before, after)]
    if not (all(asked) or all(found)):
        raise UsageError(
            f"两次评测的 {one.dataset} 不能比较：一次只测了检索，另一次只测了回答；"
            "请用同样的选项再测。"
        )
    if (all(asked) and asked[0] != asked[1]) or (all(found) and found[0] != found[1]):
        raise UsageError(f"两次评测的 {one.dataset} 不能比较：问的不是同样的题；请重新评测。")


def _found_for(result: Result) -> set[str]:
    """The questions whose documents were looked for, by the arm that is ours."""
    arm = (result.retrieval or {}).get("arms", {}).get(OURS, {})
    return set(arm.get("per_question", {}))


def _alone(before: Result, after: Result) -> list[str]:
    """Say what only one of the two measured."""
    left, right = ({run.name: run_label(run.name) for run in one.runs} for one in (before, after))
    found = [one.retrieval is not None for one in (before, after)]
    only = [[label for name, label in left.items() if name not in right]]
    only += [[label for name, label in right.items() if name not in left]]
    for at, there in enumerate(found):
        only[at] += ["检索"] if there and not all(found) else []
    return [
        f"只有 {name} 测了，没有比：{'、'.join(one)}。"
        for name, one in zip("AB", only, strict=True)
        if one
    ]


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
