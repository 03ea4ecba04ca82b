"""Whatever is refused is told in one Chinese sentence that says what to do about it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

INGEST = Path(__file__).parents[2] / "ingest"
TELLING = (
    "archive", "detect", "isolation", "limits", "ocr", "package", "read", "sources", "task", "walk",
    "worker", "readers/docx", "readers/epub", "readers/html", "readers/image", "readers/text",
)  # fmt: skip
NO_REFUSAL = {"已取消。"}  # whoever cancelled knows


def sentences(name: str) -> Iterator[str]:
    """Yield the sentences of a module; what is filled in stands as an ellipsis."""
    tree = ast.parse((INGEST / f"{name}.py").read_text(encoding="utf-8"))
    parts = {
        id(part)
        for joined in ast.walk(tree)
        if isinstance(joined, ast.JoinedStr)
        for part in joined.values
    }
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
            )
        elif isinstance(node, ast.Constant) and id(node) not in parts:
            text = str(node.value)
        if text.endswith("。") and len(text) > 1:
            yield text


@pytest.mark.parametrize("name", TELLING)
def test_a_refusal_is_one_sentence_and_says_what_to_do(name: str) -> None:
    found = set(sentences(name)) - NO_REFUSAL
    assert found
    for sentence in found:
        assert "请" in sentence, sentence
        assert sentence.count("。") == 1, sentence
