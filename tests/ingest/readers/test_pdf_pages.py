"""The shared test pages that have a text layer, and the injected text of one of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.pages_truth import score_file
from ingest.config import IngestConfig
from ingest.read import parse_report
from store.reports import ReportContents
from tests.shared_data import shared_data

PAGES = shared_data("pages")
NAMES = (
    "A_stacked_5col.pdf",
    "B_sidebyside.pdf",
    "C_scrambled_cid.pdf",
    "D_hidden_injection.pdf",
)
pytestmark = pytest.mark.data


def pages() -> Path:
    if PAGES is None:
        pytest.skip("the shared test pages are not here")
    return PAGES


def loaded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((pages() / name).read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_page_with_a_text_layer_is_read_without_an_error(name: str) -> None:
    truths = loaded("seed_articles.json")["articles"]
    held = loaded("manifest.json")[name]["articles"]
    score = score_file(pages() / name, [truths[at] for at in held])
    assert (score.reason, score.extra) == (None, ())
    assert score.cer <= 0.005
    assert [dict(article.wrong) for article in score.articles] == [{}] * len(held)


@pytest.mark.parametrize("name", ["D_hidden_injection.pdf", "bad/hidden_text.pdf"])
def test_injected_text_is_nowhere_in_a_report(name: str) -> None:
    file = pages() / name
    contents = parse_report(file, file.read_bytes(), IngestConfig())
    assert isinstance(contents, ReportContents)
    kept = repr((contents.report, contents.articles, contents.passages))
    for word in ("忽略", "指令", "提示词", "密码", "恶意", "删除", "全国第一"):
        assert word not in kept
