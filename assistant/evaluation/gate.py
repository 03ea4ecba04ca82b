"""Floors under figures, for continuous integration: what is missed is told in one sentence."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evaluation.answers import counts
from assistant.evaluation.labels import FIGURES, less_is_better
from assistant.evaluation.measures import METRICS, PARTS
from assistant.evaluation.records import Dataset
from assistant.evaluation.results import Result, Run
from store.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The least a metric may be; the most where less is better (`elapsed_p95_ms`).

    `type` restricts it to one kind of question, `run` to one run; "" is all, and the plain one.
    Of finding, `run` is the arm: hybrid/mrr@10.
    """

    metric: str
    value: float
    type: str = ""
    run: str = ""

    @property
    def name(self) -> str:
        """As it is written: [run/]metric[@type]."""
        return (f"{self.run}/" if self.run else "") + self.measure

    @property
    def measure(self) -> str:
        """The metric of finding that it may be, whose depth is written as a type is."""
        return self.metric + (f"@{self.type}" if self.type else "")

    def holds(self, value: float) -> bool:
        """Say whether a value is good enough."""
        return value <= self.value if less_is_better(self.metric) else value >= self.value


def parse_floor(text: str) -> Floor:
    """Read a floor: [run/]metric[@type]=value, or arm/metric@depth=value.

    Raises:
        UsageError: it is not written so.
    """
    name, sign, number = text.rpartition("=")
    run, _, rest = name.strip().rpartition("/")
    metric, _, kind = rest.partition("@")
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not sign or not metric or not math.isfinite(value):
        raise UsageError(f"“{text}”不是“指标=数值”，如 gold_cited_share=0.75。")
    return Floor(metric=metric, value=value, type=kind, run=run)


def require_known(
    floors: Sequence[Floor], dataset: Dataset, runs: Sequence[str], arms: Sequence[str]
) -> None:
    """Check before anything is measured that floors name what there can be.

    Args:
        floors: as they were written.
        dataset: whose kinds of questions they may name.
        runs: names of the ways in which its questions will be asked, the plain one first.
        arms: names of the ways in which its documents will be searched; none where they are not.

    Raises:
        UsageError: one names something else, or finding without saying by which arm.
    """
    types = {one.type for one in dataset.questions if one.type}
    found = (*METRICS, PARTS)
    for floor in floors:
        if floor.run in arms:
            _require_one_of(found, floor.measure, f"{floor.run} 没有 {floor.measure} 这个指标")
            continue
        if floor.measure in found and not floor.run:
            known = "、".join(f"{arm}/{floor.measure}" for arm in arms)
            raise UsageError(
                f"{floor.measure} 是检索的指标，要写明哪种办法："
                f"{known or f'hybrid/{floor.measure}，并测检索'}。"
            )
        if floor.run:
            _require_one_of((*runs, *arms), floor.run, f"{dataset.name} 没有 {floor.run} 这种问法")
        names = (*counts(()), *FIGURES)
        _require_one_of(names if runs else (), floor.metric, f"没有 {floor.metric} 这个指标")
        if floor.type:
            _require_one_of(sorted(types), floor.type, f"{dataset.name} 没有 {floor.type} 这种题型")


def _require_one_of(known: Sequence[str], name: str, otherwise: str) -> None:
    if name not in known:
        raise UsageError(f"{otherwise}；有：{'、'.join(known) or '一个也没有'}。")


def missed(result: Result, floors: Sequence[Floor]) -> str | None:
    """Say in one sentence which floors a result misses, or return None where it misses none.

    Raises:
        UsageError: the result has no such metric: a floor that cannot be missed guards nothing.
    """
    told = []
    for floor in floors:
        value = _value(result, floor)
        if not floor.holds(value):
            told.append(f"{floor.name} 是 {value:g}，要求 {floor.value:g}")
    name = result.provenance.dataset
    return f"{name} 没有达到要求：{'；'.join(told)}。" if told else None


def retrieval_metrics(result: Result) -> dict[str, dict[str, float]]:
    """Return the metrics of finding by name, by arm; none where finding was not measured."""
    arms = result.retrieval["arms"] if result.retrieval else {}
    return {
        arm: {name: at["value"] for name, at in one["metrics"].items()} for arm, one in arms.items()
    }


def _value(result: Result, floor: Floor) -> float:
    arms = retrieval_metrics(result)
    metric = floor.measure if floor.run in arms else floor.metric
    found = arms.get(floor.run) or _metrics(_run(result, floor), floor)
    if metric not in found:
        raise UsageError(
            f"{result.provenance.dataset} 没有 {floor.name} 这个指标；有："
            f"{'、'.join(sorted(found)) or '一个也没有'}。"
        )
    return found[metric]


def _run(result: Result, floor: Floor) -> Run:
    if not floor.run:
        return result.plain
    for run in result.runs:
        if run.name == floor.run:
            return run
    names = "、".join(run.name for run in result.runs)
    raise UsageError(f"{result.provenance.dataset} 没有 {floor.run} 这种问法；有：{names}。")


def _metrics(run: Run, floor: Floor) -> Mapping[str, float]:
    """The metrics of a run: a share over no question is none of them."""
    chosen = run.types.get(floor.type, ()) if floor.type else run.figures
    cases = [case for case in run.cases if floor.type in {"", case.type}]
    if not cases:
        return {}
    return counts(cases) | {figure.name: figure.value for figure in chosen}
