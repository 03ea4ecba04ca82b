"""Wiring of evaluation: a data set's corpus in a library of its own, and retrieval over it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ui.settings import Settings
from ui.wiring import (
    assistant_config,
    passage_splitter,
    silence_frameworks,
    store_config,
)

if TYPE_CHECKING:
    from assistant.evaluation.journal import Drop
    from assistant.evaluation.records import Dataset
    from assistant.evaluation.retrieval_figures import RetrievalResult
    from store.library import Library

Progress = Callable[[str, int, int], None]
"""Called with what is being done (corpus, index or questions), what is done, and what in all."""

FOLDER = "eval"
_KEY = 12  # hex digits


def corpus_folder(settings: Settings, dataset: "Dataset") -> Path:
    """Return where the library of a data set's corpus is.

    Each way of cutting and embedding it has its own, so that none is ever made over.

    Raises:
        BackendError: the embedder cannot be had.
    """
    silence_frameworks()
    from assistant.evaluation.corpus import digest
    from store import ids, manifest, registry

    config = store_config(settings)
    made_with = manifest.of(registry.embedder(config).card, config.splitter)
    key = ids.digest(
        digest(dataset.documents), made_with.build, made_with.splitter, made_with.text, length=_KEY
    )
    name = "".join(char if char.isalnum() or char in "-_" else "_" for char in dataset.name)
    return settings.home / FOLDER / f"{name[:40]}-{key}"


@contextmanager
def open_corpus(
    settings: Settings, dataset: "Dataset", progress: Progress | None = None
) -> "Iterator[Library]":
    """Open a library of a data set's documents alone, each an article under its own id.

    It is kept in the data folder, apart from the reports; what was embedded is not embedded again.

    Args:
        settings: say where, and how it is cut and embedded.
        dataset: with documents.
        progress: told while documents are put in.

    Raises:
        StoreError: the folder is in use or not usable.
        BackendError: the vector index or the embedder cannot be had.
    """
    folder = corpus_folder(settings, dataset)
    from assistant.evaluation.corpus import Cutters, fill
    from assistant.evaluation.kept_embedder import KeptEmbedder
    from ingest.sentences import split_sentences
    from store import registry
    from store.library import Library

    config = store_config(settings)
    # Its files stay with the reports' own; its vectors serve every corpus.
    embedder = KeptEmbedder(registry.embedder(config), settings.home / FOLDER)
    cutters = Cutters(sentences=split_sentences, passages=passage_splitter(settings))
    with Library.open(replace(config, folder=folder), embedder) as library:
        fill(library, dataset.documents, cutters, partial(progress, "corpus") if progress else None)
        yield library


def run_retrieval(  # noqa: PLR0913 what a command's flags say
    settings: Settings,
    dataset: "Dataset",
    *,
    sample: int | None = None,
    seed: int = 0,
    baselines: Sequence[str] | None = None,
    variants: Sequence[str] = (),
    trec: Path | None = None,
    build: str = "",
    progress: Progress | None = None,
    drop: "Drop | None" = None,
) -> "RetrievalResult":
    """Measure what is found for a data set's questions in its own corpus.

    Args:
        settings: of the store and the assistant.
        dataset: with documents and gold documents, whole: it is sampled here.
        sample: how many questions are asked; None: all.
        seed: of the sample, the intervals and the tests.
        baselines: names of assistant.evaluation.retrieval_options.BASELINES; None: all of them.
        variants: names of assistant.evaluation.variants.NAMES: the questions are asked so too.
        trec: a folder for TREC's run and qrels files, or None.
        build: names the code that is measured, such as a digest of it.
        progress: told how far it is.
        drop: told the file that a run that is killed goes on from, once all is ranked; None: it
            is taken away.

    Raises:
        UsageError: no question has gold documents, or an option cannot be used.
        StoreError: the corpus's folder is in use or not usable.
        BackendError: the embedder, or a package that is needed, cannot be had.
    """
    silence_frameworks()
    from assistant.evaluation.journal import remove
    from assistant.evaluation.retrieval import evaluate_retrieval, require_measurable
    from assistant.evaluation.retrieval_options import BASELINES, RetrievalOptions

    def tell(what: str, done: int, total: int) -> None:
        if progress:
            progress(what, done, total)

    options = RetrievalOptions(
        folder=corpus_folder(settings, dataset),
        config=assistant_config(settings),
        baselines=tuple(BASELINES if baselines is None else baselines),
        sample=sample,
        seed=seed,
        build=build,
        variants=tuple(variants),
        trec=trec,
        progress=tell,
        drop=drop or remove,
    )
    require_measurable(dataset, options)
    with open_corpus(settings, dataset, tell) as library:
        return evaluate_retrieval(dataset, library, options)
