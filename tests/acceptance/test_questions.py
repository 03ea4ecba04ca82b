"""The bar of the product on real questions, by the default embedder, through the real assistant."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config import AssistantConfig
from assistant.evaluation.answers import evaluate
from assistant.evaluation.questions import load_questions
from assistant.pipeline import Assistant
from ingest.config import IngestConfig
from ingest.pipeline import ingest
from store.config import StoreConfig
from store.library import Library

ROOT = Path(__file__).resolve().parents[2]
DEVELOPMENT = ROOT.parent / "shared" / "data" / "questions" / "reports.dev.jsonl"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home = tmp_path_factory.mktemp("questions")
    with Library.open(StoreConfig(folder=home)) as library:
        ingest([ROOT / "reports"], library, IngestConfig())
        yield Assistant(library, AssistantConfig())


@pytest.mark.data
def test_development_questions_are_cited_and_refused_as_promised(assistant: Assistant) -> None:
    if not DEVELOPMENT.exists():
        pytest.skip(f"the development questions are not here: {DEVELOPMENT}")
    found = evaluate(assistant, load_questions(DEVELOPMENT)).metrics
    assert found["gold_cited"] >= 17
    assert found["refused"] >= 6
    assert found["quotes_exact_share"] == 1.0


def test_questions_nobody_tuned_for_stay_above_their_floors(assistant: Assistant) -> None:
    """Colloquial and adversarial questions on the bundled page; half of them were fitted on."""
    questions = load_questions(ROOT / "bench" / "questions" / "sample_page.jsonl")
    found = evaluate(assistant, questions).metrics
    assert found["gold_cited_share"] >= 0.75
    assert found["refused_share"] >= 0.65
    assert found["quotes_exact_share"] == 1.0


def test_small_talk_is_hardly_ever_answered(assistant: Assistant) -> None:
    questions = load_questions(ROOT / "bench" / "questions" / "small_talk.jsonl")
    found = evaluate(assistant, questions).metrics
    assert found["refused_share"] >= 0.8
