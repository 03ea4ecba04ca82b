"""The questions that come with the program say what is right where they take a wrong thing for it.

What corrects a question stands in the pages that it is about, and not in the question itself.
"""

from pathlib import Path

import pytest

from assistant.evaluation.datasets import load

ROOT = Path(__file__).resolve().parents[3]
QUESTIONS = ROOT / "bench" / "questions"
PAGES = {"sample_page": ROOT / "reports", "invented_pages": ROOT / "bench" / "pages"}


@pytest.mark.parametrize(("name", "count"), [("sample_page", 4), ("invented_pages", 10)])
def test_a_false_premise_names_what_the_page_says_instead(name: str, count: int) -> None:
    pages = "".join(path.read_text("utf-8") for path in PAGES[name].glob("*.txt"))
    wrong = [
        one for one in load(QUESTIONS / f"{name}.jsonl").questions if one.type == "false-premise"
    ]
    assert len(wrong) == count
    for one in wrong:
        assert not one.answerable
        assert one.facts
        for fact in one.facts:
            assert all(told in pages and told not in one.question for told in fact), one.id
