"""The recipe answers with its chunks, or with a chat model's words over them."""

from importlib.util import find_spec

import pytest

from assistant.evaluation.answers import measured
from assistant.evaluation.baseline import NearestPassage
from assistant.evaluation.recipe import Recipe
from assistant.evaluation.recipe_answers import ClosedBook, RecipeAnswers
from assistant.evaluation.records import EvalQuestion
from assistant.records import Status
from store.errors import ChatModelError
from store.library import Library
from store.turns import Turn

pytestmark = pytest.mark.skipif(
    find_spec("langchain_chroma") is None, reason="the eval extra is not installed"
)
ASKED = "加装电梯的费用怎么分摊？"


@pytest.fixture(scope="module")
def recipe(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    return Recipe(library, library, tmp_path_factory.mktemp("index"))


def test_without_a_chat_model_the_chunks_are_the_answer_and_its_quotes(
    library: Library, recipe: Recipe
) -> None:
    answer = RecipeAnswers(library=library, recipe=recipe).ask(ASKED)
    assert answer.status is Status.ANSWERED
    assert 1 <= len(answer.citations) <= 4
    for sentence, cited in zip(answer.sentences, answer.citations, strict=True):
        body = library.article(cited.article_id).body
        assert sentence.text == cited.quote == body[cited.start : cited.end]
        assert sentence.labels == (cited.label,)
    question = EvalQuestion(id="1", type="", question="量子计算机多少钱？", answerable=False)
    case = measured(RecipeAnswers(library=library, recipe=recipe), question)
    assert case.tallies["refused_share"] == (0.0, 1.0)
    assert case.tallies["citation_recall"] == case.tallies["citation_precision"] == (1.0, 1.0)


def test_baselines_judge_by_how_near_the_nearest_is_whether_a_question_is_covered(
    library: Library, recipe: Recipe
) -> None:
    """Without that a plain threshold on the vectors could not be measured beside ours."""
    worded = RecipeAnswers(
        library=library, recipe=recipe, say=lambda _prompt: "平摊。", model="some"
    )
    for baseline in (
        NearestPassage(library),
        RecipeAnswers(library=library, recipe=recipe),
        worded,
    ):
        near, far = baseline.ask(ASKED).probability, baseline.ask("量子计算机多少钱？").probability
        assert near is not None
        assert far is not None
        assert near > far
    nearest = library.dense(library.embed_query(ASKED), 1)
    assert NearestPassage(library).ask(ASKED).probability == nearest[0][1]


def test_with_a_chat_model_the_chunks_are_its_prompt_and_the_sources_of_every_sentence(
    library: Library, recipe: Recipe
) -> None:
    prompts: list[str] = []

    def say(prompt: str) -> str:
        prompts.append(prompt)
        return "<think>嗯</think>一层不出。\n逐层递增。"

    baseline = RecipeAnswers(library=library, recipe=recipe, say=say, model="some")
    answer = baseline.ask(ASKED, [Turn(question="谁？", answer="")])
    assert [one.text for one in answer.sentences] == ["一层不出。", "逐层递增。"]
    labels = tuple(one.label for one in answer.citations)
    assert {one.labels for one in answer.sentences} == {labels}
    assert ASKED in prompts[0]
    assert all(one.quote in prompts[0] for one in answer.citations)
    assert answer.model == "some"


@pytest.mark.parametrize("said", ["我不知道。", "根据内容无法确定。", "I don't know.", ""])
def test_a_chat_model_that_does_not_know_has_refused(library: Library, said: str) -> None:
    answer = ClosedBook(library=library, say=lambda _prompt: said, model="some").ask(ASKED)
    assert answer.status is Status.NOT_COVERED
    assert answer.citations == ()


def test_a_chat_model_shown_nothing_is_asked_the_question_alone(library: Library) -> None:
    prompts: list[str] = []

    def say(prompt: str) -> str:
        prompts.append(prompt)
        return "平摊。"

    baseline = ClosedBook(library=library, say=say, model="some")
    answer = baseline.ask(ASKED)
    assert prompts == [ASKED]
    assert (answer.status, answer.text) == (Status.ANSWERED, "平摊。")
    history = (Turn(question="谁？", answer=""),)
    assert baseline.replayed(history) == history


def test_a_chat_model_that_fails_is_counted_and_not_raised(library: Library) -> None:
    def say(_prompt: str) -> str:
        raise ChatModelError("没有回答。")

    answer = ClosedBook(library=library, say=say, model="some").ask(ASKED)
    assert (answer.notice, answer.status) == ("没有回答。", Status.NOT_COVERED)


def test_an_index_in_a_folder_is_opened_again(
    library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("recipe")
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    first = Recipe(library, library, folder, tell).nearest(ASKED)
    assert told
    told.clear()
    assert Recipe(library, library, folder, tell).nearest(ASKED) == first
    assert not told
