"""Full text: what is found, in which order, and that the quick ranking is the full one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from store.ids import digest
from store.library import Library
from store.reports import ReportContents

Make = Callable[..., ReportContents]


def sentence(number: int) -> str:
    """Return one of many sentences, the same every time, made of common words."""
    words = ["社区", "居民", "老人", "停车", "食堂", "电梯", "志愿者", "绿化", "的", "了", "在"]
    seed = int(digest(str(number)), 16)
    return "".join(words[(seed >> (4 * n)) % len(words)] for n in range(12)) + "。"


def test_the_quick_ranking_is_that_of_all_tokens(
    library: Library, make_contents: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(make_contents(stories=[("话题", [sentence(n) for n in range(600)])]))
    question = "老人食堂的电梯在社区绿化了"
    quick = library.lexical(question, 10)
    monkeypatch.setattr("store.lexical._BUDGET", 10**9)
    full = library.lexical(question, 10)
    assert [key for key, _ in quick[:5]] == [key for key, _ in full[:5]]
    assert dict(quick[:5]) == pytest.approx(dict(full[:5]), rel=1e-4)
    assert all(score > 0 for _, score in full)


@pytest.mark.parametrize("question", ['"', '食堂" OR *', "NEAR(食堂)", "tokens:食堂", "-食堂^"])
def test_no_question_is_taken_for_a_query_language(
    library: Library, make_contents: Make, question: str
) -> None:
    library.add(make_contents())
    found = library.lexical(question, 5)
    assert bool(found) == ("食堂" in question)


def test_document_frequency_counts_passages_with_their_context(
    library: Library, make_contents: Make
) -> None:
    library.add(make_contents())
    terms = ["食堂", "食", "社区食堂", "電梯", "75%", "75", "7", "三号楼的", "午餐十二", "，", ""]
    assert library.document_frequency(terms) == (2, 2, 2, 1, 1, 1, 0, 1, 0, 0, 0)


def test_new_passages_are_found_though_their_words_were_asked_for_before(
    library: Library, make_contents: Make
) -> None:
    assert library.lexical("步道", 5) == []
    library.add(make_contents())
    assert library.lexical("步道", 5) == []
    library.add(make_contents("/二.pdf", [("公园", ["湖边修了步道。"])]))
    assert len(library.lexical("步道", 5)) == 1


@pytest.mark.data
def test_news_questions_are_ranked_as_well_as_measured(
    library: Library, make_contents: Make
) -> None:
    folder = Path(__file__).parents[3] / "shared/data/eval/rgb_news"
    if not folder.is_dir():
        pytest.skip(f"needs the shared test data in {folder}")
    corpus, questions = (
        [json.loads(line) for line in (folder / name).read_text("utf-8").split("\n") if line]
        for name in ("corpus.jsonl", "questions.jsonl")
    )
    texts = [item["text"] for item in corpus]
    contents = make_contents(stories=[("", texts)])
    library.add(contents)
    names = {p.id: item["id"] for p, item in zip(contents.passages, corpus, strict=True)}
    asked = [question for question in questions if question["answerable"]]
    reciprocal = 0.0
    for question in asked:
        found = [names[key] for key, _ in library.lexical(question["question"], 10)]
        ranks = [rank for rank, name in enumerate(found, 1) if name in question["gold_ids"]]
        reciprocal += 1 / ranks[0] if ranks else 0
    assert reciprocal / len(asked) > 0.78


def test_pairs_of_characters_are_counted_by_passages_and_anew_after_a_change(
    library: Library, make_contents: Make
) -> None:
    assert library.pairs() == {}
    library.add(make_contents(stories=[("话题", ["食堂的食堂，AB卡20元。"])]))
    pairs = library.pairs()
    assert pairs["食堂"] == library.document_frequency(["食堂"])[0]
    assert "AB" not in pairs
    assert "20" not in pairs
    library.remove(library.reports()[0].id)
    assert library.pairs() == {}
