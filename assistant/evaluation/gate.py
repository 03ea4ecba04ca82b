"""Floors under figures, for continuous integration: what is missed is told in one sentence."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evaluation.answers import counts
from assistant.evaluation.labels import less_is_better
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
        run = f"{self.run}/" if self.run else ""
        return run + self.metric + (f"@{self.type}" if self.type else "")

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
    # The depth of a ranking is written as a type is.
    metric = f"{floor.metric}@{floor.type}" if floor.run in arms else floor.metric
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
    return counts(cases) | {figure.name: figure.value for figure in chosen}
