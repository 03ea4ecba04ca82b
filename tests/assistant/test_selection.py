"""Few sentences are said, in reading order, none twice."""

from dataclasses import fields, replace

from assistant.pipeline import Assistant
from assistant.scoring import Candidate, Features
from assistant.selection import best_of, select
from store.articles import Article, Kind
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


def candidate(
    article: Article, index: int, total: float, typed: float, *, tells: float = 1.0
) -> Candidate:
    values = {field.name: 0.0 for field in fields(Features)} | {"typed": typed, "tells": tells}
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


def with_caption(article: Article, index: int) -> Article:
    told = list(article.sentences)
    told[index] = replace(told[index], kind=Kind.CAPTION)
    return replace(article, sentences=tuple(told))


def test_a_caption_is_said_only_where_no_running_text_is_nearly_as_good(
    make_article: MakeArticle,
) -> None:
    article = with_caption(make_article(["新装的电梯很稳。", "企业出资建起电梯。"]), 1)
    near = [
        candidate(article, 1, total=9.0, typed=1.0),
        candidate(article, 2, total=8.5, typed=1.0),
    ]
    assert [one.index for one in select("电梯谁投资的？", (), near, 4)] == [2]
    far = [near[0], replace(near[1], total=7.5)]
    assert [one.index for one in select("电梯谁投资的？", (), far, 4)] == [1]
    assert select("照片拍的是什么？", (), near, 4)[0].index == 1


def test_a_sentence_that_asks_is_not_said_without_what_follows_it(
    make_article: MakeArticle,
) -> None:
    article = make_article(["居民交了费。", "这笔费怎么花？", "六成用于维修。", "四成用于保洁。"])
    ranked = [
        candidate(article, 2, total=9.0, typed=1.0, tells=0.0),
        candidate(article, 3, total=5.0, typed=1.0),
        candidate(article, 4, total=4.0, typed=1.0),
    ]
    assert [one.index for one in select("费怎么花", (), ranked, 4)] == [2, 3, 4]
    assert [one.index for one in select("费怎么花", (), ranked, 1)] == [3]


def test_a_sum_for_each_of_what_is_asked_comes_before_other_sums(
    make_article: MakeArticle,
) -> None:
    article = make_article(["充满一次2元。", "居民嫌贵。", "每度0.56元。"])
    ranked = [
        candidate(article, 1, total=9.0, typed=0.7),
        candidate(article, 3, total=6.0, typed=1.0),
    ]
    assert [one.index for one in select("充电多少钱一度？", (), ranked, 4)] == [3]
    assert select("充电多少钱？", (), ranked, 4)[0].index == 1
