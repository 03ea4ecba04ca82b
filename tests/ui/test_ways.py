"""Who is asked is warmed up first, so that no time is that of loading."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.evaluation.baseline import NearestPassage
from assistant.records import Answer
from store.library import Library
from store.turns import Turn
from ui.cli import run
from ui.measuring import Plan
from ui.settings import load_settings
from ui.ways import names_of, warm
from ui.wiring import open_library


class Asked:
    """Whoever is asked, with what."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.texts: list[str] = []

    def ask(self, text: str, history: Sequence[Turn] = ()) -> Answer:
        self.texts.append(text)
        return NearestPassage(self.library).ask(text, history)

    def replayed(self, history: Sequence[Turn]) -> tuple[Turn, ...]:
        return tuple(history)


@pytest.mark.usefixtures("light_backends")
def test_something_covered_and_something_else_is_asked_first(page: Path) -> None:
    assert run(["ingest", str(page)]) == 0
    with open_library(load_settings()) as library:
        asked = Asked(library)
        warm(asked)
    covered, other = asked.texts
    assert "院落改造" in covered
    assert "院落" not in other


def test_the_ways_are_named_before_anything_is_asked() -> None:
    settings = load_settings()
    plan = Plan(variants=("polite",), noise=(0.4,), baseline=True)
    assert names_of(plan, settings) == (
        "plain", "nearest passage, never refuses", "langchain recipe", "polite", "noise 0.4"
    )  # fmt: skip
    assert names_of(Plan(answers=False), settings) == ()
