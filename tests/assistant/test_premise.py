"""What the best sentence says otherwise than the question, and when nothing is contradicted."""

import pytest

from assistant.premise import contradicted
from assistant.terms import question_terms
from tests.assistant.conftest import MakeArticle
from tests.assistant.test_selection import candidate

SAID = (
    "2021年10月，社区装了12部电梯，补贴20万元。",
    "食堂有座位130个，每餐60元。",
    "项目经理邵凯和居民苏婉清说，电梯很稳。",
    "老房子是三十六栋，总投资五千二百万元。",
)


def told(make_article: MakeArticle, question: str, index: int, *printed: str) -> str | None:
    article = make_article(SAID)
    terms = question_terms(question, lambda words: [1] * len(words), 10)
    return contradicted(question, terms, candidate(article, index, total=1.0, typed=1.0), printed)


@pytest.mark.parametrize(
    ("question", "index", "theirs", "asked"),
    [
        ("社区的20部电梯补贴多少？", 1, "12部电梯", "20部电梯"),
        ("食堂的70个座位怎么摆？", 2, "130个", "70个座位"),
        ("食堂每餐80元吗？", 2, "60元", "80元"),
        ("2019年社区装了几部电梯？", 1, "2021年", "2019年"),
        ("项目经理王凯说电梯怎么样？", 3, "邵凯", "王凯"),
        ("老房子四十栋总投资多少？", 4, "三十六栋", "四十栋"),
    ],
)
def test_another_one_is_told(
    make_article: MakeArticle, question: str, index: int, theirs: str, asked: str
) -> None:
    said = told(make_article, question, index)
    assert said is not None
    assert theirs in said
    assert asked in said


@pytest.mark.parametrize(
    ("question", "index"),
    [
        ("社区的十二部电梯补贴多少？", 1),
        ("社区装电梯补贴200000元吗？", 1),
        ("老房子36栋总投资多少？", 4),
        ("老房子总投资5200万元吗？", 4),
        ("2021年社区装了几部电梯？", 1),
        ("张伟家住三楼，电梯稳不稳？", 3),
        ("物业费每月5元吗？", 2),
    ],
)
def test_the_same_in_other_words_contradicts_nothing(
    make_article: MakeArticle, question: str, index: int
) -> None:
    assert told(make_article, question, index) is None


def test_the_year_that_the_report_was_printed_in_contradicts_nothing(
    make_article: MakeArticle,
) -> None:
    assert told(make_article, "2023年社区装了几部电梯？", 1, "2023-05-18") is None
