"""Measures what is found: every arm and the baselines over one data set, in one run."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from assistant.config import AssistantConfig
from assistant.evaluation import measures
from assistant.evaluation.arms import bm25_jieba, langchain_recipe, own
from assistant.evaluation.arms.ports import DEPTH, Baseline, Ground, Searcher
from assistant.evaluation.datasets import sampled
from assistant.evaluation.extras import require
from assistant.evaluation.journal import Journal
from assistant.evaluation.records import Dataset, EvalQuestion
from assistant.evaluation.retrieval_figures import Arm, RetrievalResult, differences, metrics
from assistant.evaluation.runs import Ranking, Run, write_trec
from assistant.evaluation.significance import LEVEL, Resampling
from store.errors import UsageError
from store.ids import digest
from store.library import Library

BASELINES: Mapping[str, Baseline] = {
    module.NAME: Baseline(arms=module.NAMES, packages=module.PACKAGES, build=module.build)
    for module in (bm25_jieba, langchain_recipe)
}
Progress = Callable[[str, int, int], None]
"""Called with what is being done (index or questions), what is done, and what there is in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalOptions:
    """How retrieval is measured.

    Attributes:
        folder: where the baselines keep their indexes and a run that is killed leaves what it
            had; for this corpus alone.
        config: the assistant's.
        baselines: which of `BASELINES` are measured beside the assistant's arms.
        sample: how many of the questions are asked; None: all.
        seed: of the sample, the intervals and the tests.
        resamples: how often questions are drawn anew for them (1 or more).
        build: names the code that is measured, such as a commit: what other code left is not
            resumed.
        trec: a folder for TREC's run and qrels files, or None.
        progress: told how far it is.
    """

    folder: Path
    config: AssistantConfig = field(default_factory=AssistantConfig)
    baselines: tuple[str, ...] = tuple(BASELINES)
    sample: int | None = None
    seed: int = 0
    resamples: int = 10_000
    build: str = ""
    trec: Path | None = None
    progress: Progress = lambda _what, _done, _all: None


def evaluate_retrieval(
    dataset: Dataset, library: Library, options: RetrievalOptions
) -> RetrievalResult:
    """Measure what is found for the questions that have gold documents.

    A run that was killed is resumed with the questions it had not asked.

    Args:
        dataset: with documents.
        library: holds these documents alone, each an article under its id.
        options: how.

    Raises:
        UsageError: no question has gold documents, or an option cannot be used.
        MissingExtraError: a package that is needed is not installed.
    """
    questions = require_measurable(dataset, options)
    settings = _settings(dataset, library, options)
    runs = _runs(dataset, questions, library, options, settings)
    if options.trec:
        write_trec(options.trec, questions, runs)
    values = {arm: measures.measure(questions, run) for arm, run in runs.items()}
    way = Resampling(resamples=options.resamples, seed=options.seed)
    return RetrievalResult(
        arms={arm: Arm(metrics=metrics(one, way), per_question=one) for arm, one in values.items()},
        differences=tuple(
            difference
            for baseline in _arms(options)
            for arm in own.NAMES
            for difference in differences(arm, baseline, values, way)
        ),
        questions=len(questions),
        settings=settings,
    )


def require_measurable(dataset: Dataset, options: RetrievalOptions) -> tuple[EvalQuestion, ...]:
    """Return the questions that will be asked: those with gold documents.

    Raises:
        UsageError: there is none, or an option cannot be used.
        MissingExtraError: a package that is needed is not installed.
    """
    unknown = [one for one in options.baselines if one not in BASELINES]
    if unknown:
        raise UsageError(f"没有名为 {unknown[0]} 的基线，可选：{'、'.join(BASELINES)}。")
    needed = (BASELINES[name].packages for name in options.baselines)
    require(*measures.PACKAGES, *(package for packages in needed for package in packages))
    asked = sampled(dataset, options.sample, options.seed).questions
    questions = tuple(one for one in asked if one.gold)
    if not questions or not dataset.documents:
        raise UsageError(f"数据集 {dataset.name} 里没有标明相关文章（gold_ids）的题，测不了检索。")
    return questions


def _settings(dataset: Dataset, library: Library, options: RetrievalOptions) -> dict[str, object]:
    """Return everything that the figures depend on."""
    card = library.card
    return {
        "dataset": dataset.name,
        "fingerprint": dataset.fingerprint,
        "documents": len(dataset.documents),
        "passages": library.passage_count,
        "embedder": card.name,
        "embedder_build": card.build,
        "lexical_weight": options.config.lexical_weight,
        "arm_count": options.config.arm_count,
        "max_question_chars": options.config.max_question_chars,
        "baselines": list(options.baselines),
        "depth": DEPTH,
        "build": options.build,
        "sample": options.sample,
        "seed": options.seed,
        "resamples": options.resamples,
        "interval": f"paired bootstrap over questions, percentiles, {LEVEL:.0%}",
        "test": "paired randomisation of signs, two-sided, not corrected for many tests",
    }


def _runs(
    dataset: Dataset,
    questions: Sequence[EvalQuestion],
    library: Library,
    options: RetrievalOptions,
    settings: Mapping[str, object],
) -> dict[str, Run]:
    """Rank for every question in every arm, going on where a run was cut off."""
    apart = ("sample", "seed", "resamples")  # what does not change a ranking
    key = digest(json.dumps({k: v for k, v in settings.items() if k not in apart}, sort_keys=True))
    path = options.folder / f"retrieval-{key[:12]}.unfinished.jsonl"
    with ExitStack() as open_, Journal(path, key) as journal:
        left = [one for one in questions if one.id not in journal.done]
        searchers = _searchers(dataset, library, options, open_) if left else []
        for done, question in enumerate(left, start=len(questions) - len(left)):
            options.progress("questions", done, len(questions))
            found: dict[str, Ranking] = {}
            for searcher in searchers:
                found |= searcher.rank(question)
            journal.add(question.id, found)
        options.progress("questions", len(questions), len(questions))
        ranked = journal.done
        journal.finish()
    return {
        arm: {one.id: _ranking(ranked[one.id][arm]) for one in questions}
        for arm in (*own.NAMES, *_arms(options))
    }


def _ranking(kept: Sequence[tuple[str, float]]) -> Ranking:
    """Make a ranking of what JSON gave back: lists."""
    return tuple((document, score) for document, score in kept)


def _arms(options: RetrievalOptions) -> tuple[str, ...]:
    """Return the arms of the baselines."""
    return tuple(arm for name in options.baselines for arm in BASELINES[name].arms)


def _searchers(
    dataset: Dataset, library: Library, options: RetrievalOptions, open_: ExitStack
) -> list[Searcher]:
    ground = Ground(
        documents=dataset.documents,
        library=library,
        config=options.config,
        folder=options.folder,
        progress=lambda done, total: options.progress("index", done, total),
    )
    builders = (own.build, *(BASELINES[name].build for name in options.baselines))
    return [open_.enter_context(closing(build(ground))) for build in builders]
