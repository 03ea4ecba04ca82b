"""Wiring of evaluation: the ways in which questions are asked, and whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ui.evaluation import FOLDER, corpus_folder
from ui.judging import make_say
from ui.settings import Settings
from ui.wiring import passage_splitter, store_config

if TYPE_CHECKING:
    from assistant.evaluation.answers import Answering
    from assistant.evaluation.citations import SupportCheck
    from assistant.evaluation.records import Dataset, EvalQuestion
    from assistant.evaluation.results import Case, Run
    from assistant.pipeline import Assistant
    from ui.measuring import Asking, Plan


def names_of(plan: "Plan", settings: Settings) -> tuple[str, ...]:
    """Return the names of the ways in which questions will be asked; none where only found."""
    from assistant.evaluation import baseline, recipe_answers

    if not plan.answers:
        return ()
    others = [baseline.NAME, recipe_answers.NAME] if plan.baseline else []
    others += [recipe_answers.CLOSED_BOOK] if plan.baseline and settings.chat_model else []
    return ("plain", *others, *plan.variants, *(f"noise {ratio:g}" for ratio in plan.noise))


def asked_in_every_way(
    asking: "Asking", assistant: "Assistant", settings: Settings, check: "SupportCheck"
) -> "tuple[Run, ...]":
    """Ask the questions in every way that is planned: as they are, of baselines, changed, in noise.

    Raises:
        MissingExtraError: a package for it is not installed.
        ChatModelError: a chat model cannot be had.
    """
    from assistant.evaluation.answers import measured
    from assistant.evaluation.variants import changed

    seed = asking.plan.seed
    warm(assistant)

    def varied(question: "EvalQuestion", variant: str) -> "Case | None":
        text = changed(question, variant, seed)
        return measured(assistant, question, text, check=check) if text else None

    plain = asking.run("plain", "plain", lambda one: measured(assistant, one, check=check))
    runs = [plain]
    if asking.plan.baseline:
        for name, baseline in _baselines(asking, assistant, settings):
            warm(baseline)
            ask_baseline = partial(measured, baseline, check=check)
            runs.append(asking.run(name, "baseline", ask_baseline, plain))
    runs += [
        asking.run(variant, "variant", partial(varied, variant=variant), plain)
        for variant in asking.plan.variants
    ]
    for ratio in asking.plan.noise:
        within = _Noise(asking.dataset, assistant, settings, check, ratio, seed)
        runs.append(asking.run(f"noise {ratio:g}", "noise", within.ask, plain))
    # A share of noise for which no question has documents enough is told, not left out.
    return tuple(run for run in runs if run.cases or run.kind in {"plain", "noise"})


def warm(answering: "Answering") -> None:
    """Ask what the articles cover and what they do not: loading is no part of what is measured."""
    covered = next((one.headline for one in answering.library.articles()), "")
    for text in (f"{covered}是怎么回事？", "量子计算机多少钱？"):
        answering.ask(text)


def _baselines(
    asking: "Asking", assistant: "Assistant", settings: Settings
) -> "Iterator[tuple[str, Answering]]":
    """Make what answers instead of the assistant, over the same library, by its name."""
    from assistant.evaluation import baseline, recipe_answers
    from assistant.evaluation.kept_embedder import KeptEmbedder
    from assistant.evaluation.recipe import Recipe

    library = assistant.library
    yield baseline.NAME, baseline.NearestPassage(library)
    kept = KeptEmbedder(library, settings.home / FOLDER)
    with _index_folder(asking.dataset, settings) as folder:
        recipe = Recipe(library, kept, folder, lambda done, of: asking.tell("index", done, of))
        name = settings.chat_model
        if name is None:
            yield recipe_answers.NAME, recipe_answers.RecipeAnswers(library=library, recipe=recipe)
            return
        say = make_say(settings, name)
        yield (
            recipe_answers.NAME,
            recipe_answers.RecipeAnswers(library=library, recipe=recipe, say=say, model=name),
        )
        yield (
            recipe_answers.CLOSED_BOOK,
            recipe_answers.ClosedBook(library=library, say=say, model=name),
        )


@contextmanager
def _index_folder(dataset: "Dataset", settings: Settings) -> "Iterator[Path]":
    """Where the recipe's index is: kept with a corpus; of the reports, made anew each time."""
    if dataset.documents:
        yield corpus_folder(settings, dataset)
        return
    # Chroma keeps its files open to the end of the process.
    with TemporaryDirectory(prefix="wenyuan-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@dataclass(frozen=True, slots=True)
class _Noise:
    """Answers each question from five documents alone, in a library that is made for it."""

    dataset: "Dataset"
    assistant: "Assistant"
    settings: Settings
    check: "SupportCheck"
    ratio: float
    seed: int

    def ask(self, question: "EvalQuestion") -> "Case | None":
        """Ask one question; None where its data set names too few documents for it."""
        from assistant.evaluation.answers import measured
        from assistant.evaluation.corpus import Cutters, contents
        from assistant.evaluation.noise import documents_for
        from ingest.sentences import split_sentences
        from store.library import Library

        chosen = documents_for(question, self.ratio, self.seed)
        if chosen is None:
            return None
        known = {one.id: one for one in self.dataset.documents}
        cutters = Cutters(sentences=split_sentences, passages=passage_splitter(self.settings))
        made = contents("noise", [known[id_] for id_ in chosen], cutters)
        with TemporaryDirectory(prefix="wenyuan-") as folder:
            config = replace(store_config(self.settings), folder=Path(folder), vectors="memory")
            # The library of the whole corpus embeds: it has the vectors of these texts already.
            with Library.open(config, self.assistant.library) as library:
                library.add(made)
                within = replace(self.assistant, library=library)
                return measured(within, question, check=self.check)
