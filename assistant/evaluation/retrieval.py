"""Measures what is found: every arm and the baselines over one data set, in one run."""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import ExitStack, closing
from dataclasses import fields, replace

from assistant.evaluation import measures, variants
from assistant.evaluation.arms import own
from assistant.evaluation.arms.ports import DEPTH, Ground, Searcher
from assistant.evaluation.datasets import sampled
from assistant.evaluation.extras import require
from assistant.evaluation.journal import Journal
from assistant.evaluation.measures import Values
from assistant.evaluation.records import Dataset, EvalQuestion
from assistant.evaluation.retrieval_figures import PLAIN, Arm, RetrievalResult, changed, table
from assistant.evaluation.retrieval_options import BASELINES, RetrievalOptions
from assistant.evaluation.runs import Ranking, Run, write_trec
from assistant.evaluation.significance import LEVEL, Resampling
from store.errors import UsageError
from store.ids import digest
from store.library import Library


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
    asked = {PLAIN: questions} | {
        name: tuple(_changed(questions, name, options.seed)) for name in options.variants
    }
    ranked = _ranked(dataset, asked, library, options, settings)
    if options.trec:
        write_trec(options.trec, questions, ranked[PLAIN])
    values = {
        name: {arm: measures.measure(asked[name], run) for arm, run in runs.items()}
        for name, runs in ranked.items()
        if asked[name]
    }
    return _result(questions, values, options, settings)


def _result(
    questions: Sequence[EvalQuestion],
    values: Mapping[str, Mapping[str, Values]],
    options: RetrievalOptions,
    settings: dict[str, object],
) -> RetrievalResult:
    """Put the figures together: over all questions, by their kind, and of changed ones."""
    way = Resampling(resamples=options.resamples, seed=options.seed)
    plain = values[PLAIN]
    pairs = _pairs(options)
    whole = table(plain, pairs, way)
    kinds = dict.fromkeys(sorted(one.type for one in questions if one.type))
    of_kind = {kind: {one.id for one in questions if one.type == kind} for kind in kinds}
    return RetrievalResult(
        arms={arm: Arm(metrics=whole.arms[arm], per_question=one) for arm, one in plain.items()},
        differences=whole.differences,
        questions=len(questions),
        settings=settings,
        types={
            kind: table({arm: _only(one, ids) for arm, one in plain.items()}, pairs, way)
            for kind, ids in of_kind.items()
        },
        variants={
            name: changed(plain, asked, way) for name, asked in values.items() if name != PLAIN
        },
    )


def _pairs(options: RetrievalOptions) -> list[tuple[str, str]]:
    """What is compared: our arms with each baseline, and the hybrid with the arms it is made of."""
    pairs = [(arm, baseline) for baseline in _arms(options) for arm in own.NAMES]
    return pairs + [(own.HYBRID, arm) for arm in own.NAMES if arm != own.HYBRID]


def _only(values: Values, ids: Set[str]) -> Values:
    return {key: one for key, one in values.items() if key in ids}


def _changed(questions: Sequence[EvalQuestion], variant: str, seed: int) -> Iterator[EvalQuestion]:
    """Yield the questions that a variant changes, as it has them."""
    for one in questions:
        text = variants.changed(one, variant, seed)
        if text:
            yield replace(one, question=text)


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
    """Return everything that the figures depend on; no chat model has a part in finding."""
    card = library.card
    config = {one.name: getattr(options.config, one.name) for one in fields(options.config)}
    del config["chat"]
    return {
        "dataset": dataset.name,
        "fingerprint": dataset.fingerprint,
        "documents": len(dataset.documents),
        "passages": library.passage_count,
        "embedder": card.name,
        "embedder_build": card.build,
        **{
            name: value if value is None or isinstance(value, str | int | float) else str(value)
            for name, value in config.items()
        },
        "baselines": list(options.baselines),
        "depth": DEPTH,
        "build": options.build,
        "variants": list(options.variants),
        "sample": options.sample,
        "seed": options.seed,
        "resamples": options.resamples,
        "interval": f"paired bootstrap over questions, percentiles, {LEVEL:.0%}",
        "test": "paired randomisation of signs, two-sided, not corrected for many tests",
    }


def _ranked(
    dataset: Dataset,
    asked: Mapping[str, Sequence[EvalQuestion]],
    library: Library,
    options: RetrievalOptions,
    settings: Mapping[str, object],
) -> dict[str, dict[str, Run]]:
    """Rank for every question in every arm, going on where a run was cut off.

    Returns:
        Rankings by the id of their question, by arm, by the way the questions are asked.
    """
    path = options.folder / f"retrieval-{_key(settings)[:12]}.unfinished.jsonl"
    every = [question for questions in asked.values() for question in questions]
    with ExitStack() as open_, Journal(path, _key(settings)) as journal:
        left = [one for one in every if _place(one) not in journal.done]
        searchers = _searchers(dataset, library, options, open_) if left else []
        for done, question in enumerate(left, start=len(every) - len(left)):
            options.progress("questions", done, len(every))
            found: dict[str, Ranking] = {}
            for searcher in searchers:
                found |= searcher.rank(question)
            journal.add(_place(question), found)
        options.progress("questions", len(every), len(every))
        kept = journal.done
        journal.finish(options.drop)
    return {
        name: {
            arm: {one.id: _ranking(kept[_place(one)][arm]) for one in questions}
            for arm in (*own.NAMES, *_arms(options))
        }
        for name, questions in asked.items()
    }


def _key(settings: Mapping[str, object]) -> str:
    """What tells rankings from those of other code or settings."""
    apart = ("sample", "seed", "resamples", "variants")  # what does not change a ranking
    return digest(json.dumps({k: v for k, v in settings.items() if k not in apart}, sort_keys=True))


def _place(question: EvalQuestion) -> str:
    """Where the rankings for a question are kept, as it is asked."""
    return f"{question.id}/{digest(question.question, length=12)}"


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
