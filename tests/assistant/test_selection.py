"""Few sentences are said, in reading order, none twice."""

from dataclasses import fields, replace

from assistant.pipeline import Assistant
from assistant.scoring import Candidate, Features
from assistant.selection import best_of, select
from store.articles import Article
from tests.assistant.conftest import MakeArticle


def test_nothing_is_chosen_from_nothing() -> None:
    assert select("费用怎么分摊？", (), (), 4) == ()


def test_never_more_than_asked_for(assistant: Assistant) -> None:
    ranked = assistant.assess("助老食堂怎么收费、怎么送餐？").ranked
    for most in (1, 2, 4):
        assert 1 <= len(select("助老食堂怎么收费、怎么送餐？", (), ranked, most)) <= most


def test_the_best_is_always_there_and_order_is_that_of_reading(assistant: Assistant) -> None:
    ranked = assistant.assess("助老食堂怎么收费、怎么送餐？").ranked
    chosen = select("助老食堂怎么收费、怎么送餐？", (), ranked, 4)
    assert ranked[0] in chosen
    assert [one.index for one in chosen] == sorted(one.index for one in chosen)


def test_a_sentence_that_repeats_another_is_left_out(assistant: Assistant) -> None:
    best = assistant.assess("费用怎么分摊？").ranked[0]
    again = replace(best, total=best.total - 0.001)
    assert select("费用怎么分摊？", (), (best, again), 4) == (best,)


def candidate(article: Article, index: int, total: float, typed: float) -> Candidate:
    values = {field.name: 0.0 for field in fields(Features)} | {"typed": typed}
    return Candidate(
        article=article, index=index, features=Features(**values), worth=total, total=total
    )


def test_a_figure_comes_first_but_not_before_what_explains_its_pronoun(
    make_article: MakeArticle,
) -> None:
    article = make_article(
        ["社区有很多志愿者。", "负责养护的是居民王朝。", "他每天浇水90分钟。", "每次90分钟。"]
    )
    ranked = [
        candidate(article, 3, total=9.0, typed=1.0),
        candidate(article, 4, total=8.9, typed=1.0),
        candidate(article, 2, total=5.0, typed=0.0),
    ]
    chosen = select("每天浇水多少分钟？", (), ranked, 4)
    assert [one.index for one in chosen] == [2, 3, 4]


def test_the_best_of_the_chosen_keep_what_explains_them(make_article: MakeArticle) -> None:
    article = make_article(["负责养护的是居民王朝。", "他不要报酬。", "其中一位是书记。"])
    chosen = [candidate(article, n, total=n, typed=1.0) for n in (1, 2, 3)]
    assert [one.index for one in best_of(chosen[:2], 1)] == [1, 2]
    assert [one.index for one in best_of(chosen, 1)] == [3]
