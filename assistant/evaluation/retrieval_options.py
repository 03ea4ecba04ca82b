"""How retrieval is measured, and the baselines that there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.config import AssistantConfig
from assistant.evaluation.arms import bm25_jieba, langchain_recipe, own
from assistant.evaluation.arms.ports import Baseline
from assistant.evaluation.journal import Drop, remove

BASELINES: Mapping[str, Baseline] = {
    module.NAME: Baseline(arms=module.NAMES, packages=module.PACKAGES, build=module.build)
    for module in (bm25_jieba, langchain_recipe)
}


def arms_of(*, baselines: bool) -> tuple[str, ...]:
    """Return the names of the assistant's arms, and of the baselines' where these are measured."""
    others = BASELINES.values() if baselines else ()
    return (*own.NAMES, *(arm for one in others for arm in one.arms))


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
        build: names the code that is measured, such as a digest of it: what other code left is
            not resumed.
        variants: names of assistant.evaluation.variants.NAMES: the questions are asked so too.
        trec: a folder for TREC's run and qrels files, or None.
        progress: told how far it is.
        drop: told the file that a run that is killed goes on from, once all is ranked; takes it
            away, now or when the results are safe.
    """

    folder: Path
    config: AssistantConfig = field(default_factory=AssistantConfig)
    baselines: tuple[str, ...] = tuple(BASELINES)
    sample: int | None = None
    seed: int = 0
    resamples: int = 10_000
    build: str = ""
    variants: tuple[str, ...] = ()
    trec: Path | None = None
    progress: Progress = lambda _what, _done, _all: None
    drop: Drop = remove
