"""Settings that nothing could be read with are refused."""

from typing import Any

import pytest

from ingest.config import IngestConfig


@pytest.mark.parametrize(
    "settings",
    [
        {"max_file_bytes": 0},
        {"passage_max_chars": 0},
        {"sentence_max_chars": 10},
        {"passage_overlap_sentences": -1},
    ],
)
def test_impossible_settings_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"positive|or more|at least"):
        IngestConfig(**settings)
