"""Wiring of evaluation: a data set's questions asked in every way that was ordered."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from store.errors import UsageError
from ui import provenance
from ui.evaluation import open_corpus, run_retrieval
from ui.judging import make_check
from ui.settings import Settings
from ui.wiring import (
    make_assistant,
    open_library,
    passage_splitter,
    silence_frameworks,
    store_config,
)

if TYPE_CHECKING:
    from assistant.evaluation.citations import SupportCheck
    from assistant.evaluation.journal import Journal
    from assistant.evaluation.records import Dataset, EvalQuestion
    from assistant.evaluation.results import Case, Kind, Result, Run
    from assistant.pipeline import Assistant
    from store.library import Library

Progress = Callable[[str, int, int], None]
"""Called with what is being done, what is done, and what there is in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is measured beside the questions as they are.

    Attributes:
        sample: how many questions are drawn; None: all.
        seed: of the sample, the variants, the noise and the resampling.
        variants: names of assistant.evaluation.variants.VARIANTS.
        noise: shares of noise, 0 to 1; only for data sets that name noise.
        judge: a chat model that decides whether quotes support a sentence, as the settings name
            chat models; None for the check that needs none.
        baseline: whether a baseline answers too.
        retrieval: whether finding is measured, where the data set has documents.
        folder: where a run that is killed leaves what it had, and where TREC files go; or None.
    """

    sample: int | None = None
    seed: int = 0
    variants: tuple[str, ...] = ()
    noise: tuple[float, ...] = ()
    judge: str | None = None
    baseline: bool = False
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
    from assistant.evaluation.journal import Journal
    from assistant.evaluation.results import Result

    tell = progress or (lambda _what, _done, _all: None)
    drawn = sampled(dataset, plan.sample, plan.seed)
    _require(drawn, plan)
    found = _retrieval(dataset, settings, plan, tell) if plan.retrieval else None
    with _library_of(dataset, settings, tell) as library:
        library.warm()  # what is measured is answering, not loading
        assistant = make_assistant(library, settings)
        check = make_check(settings, plan.judge)
        origin = provenance.of(
            drawn, library, settings, sample=plan.sample, seed=plan.seed, support=check.name
        )
        path = plan.folder / f"{dataset.name}.unfinished.jsonl" if plan.folder else None
        order = {"origin": asdict(origin), "variants": plan.variants, "noise": plan.noise}
        with Journal(path, json.dumps(order, ensure_ascii=False, sort_keys=True)) as journal:
            asking = _Asking(drawn, plan, journal, tell)
            runs = _runs(asking, assistant, settings, check)
            journal.finish()
    return Result(provenance=origin, runs=runs, retrieval=found)


@dataclass(frozen=True, slots=True)
class _Asking:
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


def _runs(
    asking: _Asking, assistant: "Assistant", settings: Settings, check: "SupportCheck"
) -> "tuple[Run, ...]":
    from assistant.evaluation.answers import measured
    from assistant.evaluation.baseline import NAME, NearestPassage
    from assistant.evaluation.variants import changed

    seed = asking.plan.seed

    def varied(question: "EvalQuestion", variant: str) -> "Case | None":
        text = changed(question, variant, seed)
        return measured(assistant, question, text, check=check) if text else None

    plain = asking.run("plain", "plain", lambda one: measured(assistant, one, check=check))
    runs = [plain]
    if asking.plan.baseline:
        nearest = NearestPassage(assistant.library)
        ask_nearest = partial(measured, nearest, check=check)
        runs.append(asking.run(NAME, "baseline", ask_nearest, plain))
    for variant in asking.plan.variants:
        ask = partial(varied, variant=variant)
        runs.append(asking.run(variant, "variant", ask, plain))
    for ratio in asking.plan.noise:
        within = _Noise(asking.dataset, assistant, settings, check, ratio, seed)
        runs.append(asking.run(f"noise {ratio:g}", "noise", within.ask, plain))
    return tuple(runs)


@dataclass(frozen=True, slots=True)
class _Noise:
    """Answers each question from five documents alone, in a library that is made for it."""

    dataset: "Dataset"
    assistant: "Assistant"
    settings: Settings
    check: "SupportCheck"
    ratio: float
    seed: int

    def ask(self, question: "EvalQuestion") -> "Case | None":
        """Ask one question; None where its data set names too few documents for it."""
        from assistant.evaluation.answers import measured
        from assistant.evaluation.corpus import Cutters, contents
        from assistant.evaluation.noise import documents_for
        from ingest.sentences import split_sentences
        from store.library import Library

        chosen = documents_for(question, self.ratio, self.seed)
        if chosen is None:
            return None
        known = {one.id: one for one in self.dataset.documents}
        cutters = Cutters(sentences=split_sentences, passages=passage_splitter(self.settings))
        made = contents("noise", [known[id_] for id_ in chosen], cutters)
        with TemporaryDirectory(prefix="wenyuan-") as folder:
            config = replace(store_config(self.settings), folder=Path(folder), vectors="memory")
            # The library of the whole corpus embeds: it has the vectors of these texts already.
            with Library.open(config, self.assistant.library) as library:
                library.add(made)
                within = replace(self.assistant, library=library)
                return measured(within, question, check=self.check)


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
    if not dataset.documents or not any(one.gold for one in dataset.questions):
        return None
    found = run_retrieval(
        settings,
        dataset,
        sample=plan.sample,
        seed=plan.seed,
        trec=plan.folder / "trec" / dataset.name if plan.folder else None,
        build=provenance.commit() or provenance.version(),
        progress=tell,
    )
    return asdict(found)
