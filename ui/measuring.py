"""Wiring of evaluation: a data set's questions asked in every way that was ordered."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import UsageError
from ui import provenance
from ui.evaluation import open_corpus, run_retrieval
from ui.judging import make_check
from ui.settings import Settings
from ui.ways import asked_in_every_way
from ui.wiring import make_assistant, open_library, silence_frameworks

if TYPE_CHECKING:
    from assistant.evaluation.halves import Half
    from assistant.evaluation.journal import Journal
    from assistant.evaluation.records import Dataset, EvalQuestion
    from assistant.evaluation.results import Case, Kind, Result, Run
    from store.library import Library

Progress = Callable[[str, int, int], None]
"""Called with what is being done, what is done, and what there is in all."""

_FIRST = "社区"


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
    dataset: "Dataset", settings: Settings, plan: Plan, progress: Progress | None = None
) -> "Result":
    """Ask a data set's questions and measure the answers.

    A data set with documents is asked over a library of these alone, another over the reports.

    Args:
        dataset: whole: it is sampled here.
        settings: of the store and the assistant.
        plan: what is measured.
        progress: told how far it is.

    Raises:
        UsageError: the data set does not allow what is planned.
        WenyuanError: the library, the embedder or the chat model cannot be had.
    """
    silence_frameworks()
    from assistant.evaluation.datasets import sampled
    from assistant.evaluation.halves import halved
    from assistant.evaluation.journal import Journal
    from assistant.evaluation.results import Result

    tell = progress or (lambda _what, _done, _all: None)
    dataset = halved(dataset, plan.half)
    drawn = sampled(dataset, plan.sample, plan.seed)
    _require(drawn, plan)
    found = _retrieval(dataset, settings, plan, tell) if plan.retrieval else None
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
        assistant.assess(_FIRST)  # what is measured is answering, not loading
        path = plan.folder / f"{dataset.name}.unfinished.jsonl" if plan.folder else None
        order = {"origin": asdict(origin), "variants": plan.variants, "noise": plan.noise}
        with Journal(path, json.dumps(order, ensure_ascii=False, sort_keys=True)) as journal:
            asking = Asking(drawn, plan, journal, tell)
            runs = asked_in_every_way(asking, assistant, settings, check)
            journal.finish()
    return Result(provenance=origin, runs=runs, retrieval=found)


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
        yield library


def _require(dataset: "Dataset", plan: Plan) -> None:
    if plan.noise and not (dataset.documents and any(one.noise for one in dataset.questions)):
        raise UsageError(f"数据集 {dataset.name} 没有标明噪声文章（noise_ids），测不了噪声。")


def _retrieval(
    dataset: "Dataset", settings: Settings, plan: Plan, tell: Progress
) -> dict[str, Any] | None:
    """Measure what is found, where the data set tells what is to be found."""
    measurable = dataset.documents and any(one.gold for one in dataset.questions)
    if plan.answers and not measurable:
        return None
    found = run_retrieval(
        settings,
        dataset,
        sample=plan.sample,
        seed=plan.seed,
        baselines=None if plan.baseline else (),
        variants=plan.variants,
        trec=plan.folder / "trec" / dataset.name if plan.folder else None,
        build=provenance.commit() or provenance.version(),
        progress=tell,
    )
    return asdict(found)
