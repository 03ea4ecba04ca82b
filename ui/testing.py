"""A pytest plugin: `wenyuan_eval`, with which any suite can set floors under the answers.

def test_answers_stay_good(wenyuan_eval):
    assert wenyuan_eval("questions.jsonl").metrics["gold_cited_share"] >= 0.75
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from assistant.evaluation.answers import Evaluation
    from assistant.evaluation.halves import Half
    from ui.measuring import Plan

WenyuanEval = Callable[..., "Evaluation"]


@pytest.fixture
def wenyuan_eval(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> WenyuanEval:
    """Measure the answers to a data set.

    The fixture is a function of a path (beside the test's file, else from the current folder) and
    of keywords: `reports`, files and folders to ask about instead of the user's library (a library
    is made of them for the call); `half`, `sample` and `seed`; any setting by its name, such as
    `embedder="hashing"`. It returns the cases and their metrics by name; a figure that no question
    says anything about is not among them.
    """

    def evaluate(
        dataset: str | Path,
        *,
        reports: Sequence[str | Path] = (),
        half: "Half | None" = None,
        sample: int | None = None,
        seed: int = 0,
        **settings: Any,  # noqa: ANN401 (whatever a setting takes)
    ) -> "Evaluation":
        from ui.measuring import Plan

        here = request.path.parent
        if reports:
            settings["home"] = tmp_path_factory.mktemp("wenyuan")
            _take_in([_found(one, here) for one in reports], settings)
        plan = Plan(half=half, sample=sample, seed=seed)
        return _measured(_found(dataset, here), plan, settings)

    return evaluate


def _found(path: str | Path, here: Path) -> Path:
    beside = here / path
    return beside if beside.exists() else Path(path)


def _take_in(paths: Sequence[Path], settings: dict[str, Any]) -> None:
    from ingest.pipeline import ingest
    from store.outcomes import IngestStatus
    from ui.settings import load_settings
    from ui.wiring import ingest_config, open_library

    loaded = load_settings(**settings)
    with open_library(loaded) as library:
        for one in ingest(paths, library, ingest_config(loaded)):
            if one.status is IngestStatus.REJECTED:
                pytest.fail(f"{one.path}: {one.reason}")


def _measured(path: Path, plan: "Plan", settings: dict[str, Any]) -> "Evaluation":
    from assistant.evaluation.answers import Evaluation, metrics
    from assistant.evaluation.datasets import load
    from ui.measuring import measure
    from ui.settings import load_settings

    result = measure(load(path), load_settings(**settings), plan)
    cases = result.plain.cases
    return Evaluation(cases=cases, metrics=metrics(cases))
