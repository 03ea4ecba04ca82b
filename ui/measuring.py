"""Wiring of evaluation: a data set's questions asked in every way that was ordered."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import UsageError
from ui import provenance
from ui.evaluation import open_corpus, run_retrieval
from ui.judging import make_check
from ui.settings import Settings
from ui.ways import asked_in_every_way, names_of
from ui.wiring import make_assistant, open_library, silence_frameworks

if TYPE_CHECKING:
    from assistant.evaluation.gate import Floor
    from assistant.evaluation.halves import Half
    from assistant.evaluation.journal import Drop, Journal
    from assistant.evaluation.records import Dataset, EvalQuestion
    from assistant.evaluation.results import Case, Kind, Result, Run
    from store.library import Library

Progress = Callable[[str, int, int], None]
"""Called with what is being done, what is done, and what there is in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is measured beside the questions as they are.

    Attributes:
        half: which half of the questions is asked; None: all.
        sample: how many questions are drawn from these; None: all.
        seed: of the sample, the variants, the noise and the resampling.
        variants: names of assistant.evaluation.variants.NAMES.
        noise: shares of noise, 0 to 1; only for data sets that name noise.
        judge: a chat model that decides whether quotes support a sentence, as the settings name
            chat models; None for the check that needs none.
        baseline: whether baselines are measured too.
        answers: whether answering is measured.
        retrieval: whether finding is measured, where the data set has documents.
        folder: where a run that is killed leaves what it had, and where TREC files go; or None.
    """

    half: "Half | None" = None
    sample: int | None = None
    seed: int = 0
    variants: tuple[str, ...] = ()
    noise: tuple[float, ...] = ()
    judge: str | None = None
    baseline: bool = False
    answers: bool = True
    retrieval: bool = False
    folder: Path | None = None


def measure(
    dataset: "Dataset",
    settings: Settings,
    plan: Plan,
    progress: Progress | None = None,
    drop: "Drop | None" = None,
) -> "Result":
    """Ask a data set's questions and measure the answers.

    A data set with documents is asked over a library of these alone, another over the reports.

    Args:
        dataset: whole: it is sampled here.
        settings: of the store and the assistant.
        plan: what is measured.
        progress: told how far it is.
        drop: told the files that a run that is killed goes on from, once they are full, to take
            them away when the result is safe; None: they are taken away at once.

    Raises:
        UsageError: the data set does not allow what is planned.
        WenyuanError: the library, the embedder or the chat model cannot be had.
    """
    silence_frameworks()
    from assistant.evaluation.datasets import sampled
    from assistant.evaluation.halves import halved
    from assistant.evaluation.journal import Journal, remove
    from assistant.evaluation.results import Result

    drop = drop or remove
    tell = progress or (lambda _what, _done, _all: None)
    dataset = halved(dataset, plan.half)
    drawn = sampled(dataset, plan.sample, plan.seed)
    _require(drawn, plan)
    found = _retrieval(dataset, settings, plan, tell, drop) if _finds(dataset, plan) else None
    with _library_of(dataset, settings, tell) as library:
        check = make_check(settings, plan.judge)
        origin = provenance.of(
            drawn,
            library,
            settings,
            sample=plan.sample,
            seed=plan.seed,
            support=check.name,
            half=plan.half,
        )
        if not plan.answers:
            return Result(provenance=origin, runs=(), retrieval=found)
        assistant = make_assistant(library, settings)
        path = plan.folder / f"{dataset.name}.unfinished.jsonl" if plan.folder else None
        order = asdict(origin) | {"commit": provenance.made_with(settings), "reports": ()}
        with Journal(path, json.dumps(order, ensure_ascii=False, sort_keys=True)) as journal:
            asking = Asking(drawn, plan, journal, tell)
            runs = asked_in_every_way(asking, assistant, settings, check)
            journal.finish(drop)
    return Result(provenance=origin, runs=runs, retrieval=found)


def require_floors(
    floors: "Sequence[Floor]", datasets: "Sequence[Dataset]", settings: Settings, plan: Plan
) -> None:
    """Check floors before anything is measured.

    Raises:
        UsageError: one names what will not be measured, or not at all; says what there will be.
    """
    from assistant.evaluation.gate import require_known
    from assistant.evaluation.retrieval_options import arms_of

    for one in datasets:
        arms = arms_of(baselines=plan.baseline) if _finds(one, plan) else ()
        require_known(floors, one, names_of(plan, settings), arms)


def _finds(dataset: "Dataset", plan: Plan) -> bool:
    """Say whether finding is measured: where it is all, a data set that cannot be is refused."""
    measurable = bool(dataset.documents) and any(one.gold for one in dataset.questions)
    return plan.retrieval and (measurable or not plan.answers)


@dataclass(frozen=True, slots=True)
class Asking:
    """What every run needs: the questions, the plan, and what is done already."""

    dataset: "Dataset"
    plan: Plan
    journal: "Journal"
    tell: Progress

    def run(
        self,
        name: str,
        kind: "Kind",
        ask: "Callable[[EvalQuestion], Case | None]",
        plain: "Run | None" = None,
    ) -> "Run":
        """Ask every question in one way; those that it does not apply to are left out."""
        from pydantic import TypeAdapter

        from assistant.evaluation.figures import make_run
        from assistant.evaluation.results import Case

        adapter = TypeAdapter(Case)
        cases = []
        for number, question in enumerate(self.dataset.questions):
            self.tell(name, number, len(self.dataset.questions))
            key = f"{name}/{question.id}"
            if key not in self.journal.done:
                case = ask(question)
                self.journal.add(key, asdict(case) if case else None)
            kept = self.journal.done[key]
            cases += [adapter.validate_python(kept)] if kept else []
        self.tell(name, len(self.dataset.questions), len(self.dataset.questions))
        return make_run(name, kind, cases, self.plan.seed, plain)


@contextmanager
def _library_of(dataset: "Dataset", settings: Settings, tell: Progress) -> "Iterator[Library]":
    opened = open_corpus(settings, dataset, tell) if dataset.documents else open_library(settings)
    with opened as library:
        if not dataset.documents:
            _require_reports(dataset, library)
        yield library


def _require_reports(dataset: "Dataset", library: "Library") -> None:
    """Refuse a library that cannot be the one that the questions are about.

    Raises:
        UsageError: it is empty, or holds no single sentence of those that are to be cited.
    """
    if not library.reports():
        raise UsageError(f"库里没有报道，答不了 {dataset.name} 的题；请先运行 wenyuan ingest。")
    gold = {text for one in dataset.questions for text in one.evidence}
    if gold and not any(text in one.body for one in library.articles() for text in gold):
        raise UsageError(
            f"{dataset.name} 要引的原句（evidence），库里一句也没有；"
            "请先用 wenyuan ingest 收入这些题所问的报道。"
        )


def _require(dataset: "Dataset", plan: Plan) -> None:
    if plan.noise and not (dataset.documents and any(one.noise for one in dataset.questions)):
        raise UsageError(f"数据集 {dataset.name} 没有标明噪声文章（noise_ids），测不了噪声。")


def _retrieval(
    dataset: "Dataset", settings: Settings, plan: Plan, tell: Progress, drop: "Drop"
) -> dict[str, Any]:
    """Measure what is found."""
    found = run_retrieval(
        settings,
        dataset,
        sample=plan.sample,
        seed=plan.seed,
        baselines=None if plan.baseline else (),
        variants=plan.variants,
        trec=plan.folder / "trec" / dataset.name if plan.folder else None,
        build=provenance.made_with(settings),
        progress=tell,
        drop=drop,
    )
    return asdict(found)
