"""What the best sentence says otherwise than the question, and when nothing is contradicted."""

import pytest

from assistant.premise import contradicted, elsewhere
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
    other = contradicted(
        question, terms, [candidate(article, index, total=1.0, typed=1.0)], printed
    )
    return other.told if other else None


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


FURTHER = (
    "项目花了76万元，其中专项资金50万元，其余众筹。",
    "住户共收到议题143件，办结131件。",
    "准确率由49%提高到87%。",
    "71岁的周明带着60岁的陈强拾垃圾。",
    "住在七楼的陈强两年没有下过楼。",
    "68岁的他走不了台阶。",
    "7号楼一楼住户孟庆起初反对。",
    "小巷长不过300米，最窄处只有5米。",
)


def told_of_all(
    make_article: MakeArticle, question: str, *, placed: bool = True
) -> tuple[str, str] | None:
    article = make_article(FURTHER)
    terms = question_terms(question, lambda words: [1] * len(words), 10)
    pool = [candidate(article, at, total=9.0 - at, typed=1.0) for at in range(1, len(FURTHER) + 1)]
    other = contradicted(question, terms, pool, placed=placed)
    return (other.told, other.by.sentence.text) if other else None


@pytest.mark.parametrize(
    ("question", "theirs", "sentence"),
    [
        ("花了100万元", "76万元", 0),
        ("收到议题200件", "143件", 1),
        ("准确率是怎么提到93%的？", "87%", 2),
        ("陈强今年70岁吗？", "68岁", 5),
        ("孟庆是5号楼的吗", "7号楼", 6),
        ("500米长，有多少户？", "300米", 7),
    ],
)
def test_of_several_amounts_that_of_the_same_thing_is_told(
    make_article: MakeArticle, question: str, theirs: str, sentence: int
) -> None:
    said = told_of_all(make_article, question)
    assert said is not None
    assert f"“{theirs}”" in said[0]
    assert said[1] == FURTHER[sentence]


@pytest.mark.parametrize(
    "question",
    [
        "李雷今年70岁吗？",
        "65岁的老人吃饭多少钱？",
        "5号楼什么时候装电梯？",
        "花了一百多万元吗？",
        "如果花了100万元呢？",
        "项目每户花了10万元吗？",
        "是哪一年建的？",
        "准确率提高到87%了吗？",
        "超过200件议题收到了吗？",
    ],
)
def test_what_is_supposed_guessed_or_said_of_nobody_is_not_contradicted(
    make_article: MakeArticle, question: str
) -> None:
    assert told_of_all(make_article, question) is None


def test_too_few_words_tell_nothing_where_no_place_is_named(make_article: MakeArticle) -> None:
    assert told_of_all(make_article, "有500米长吗") is not None
    assert told_of_all(make_article, "有500米长吗", placed=False) is None


def test_a_person_whom_some_report_names_is_contrasted_with_nobody(
    make_article: MakeArticle,
) -> None:
    article = make_article(SAID)
    question = "项目经理王凯说电梯怎么样？"
    terms = question_terms(question, lambda words: [1] * len(words), 10)
    pool = [candidate(article, 3, total=1.0, typed=1.0)]
    assert contradicted(question, terms, pool) is not None
    assert contradicted(question, terms, pool, strange=False) is None


def test_another_place_is_told_only_where_it_alone_has_what_is_asked(
    make_article: MakeArticle,
) -> None:
    terms = question_terms("二维码垃圾袋怎么领", lambda words: [1] * len(words), 10)
    here = make_article(("石桥装了电梯。",), place="石桥社区")
    there = make_article(("居民领取二维码垃圾袋。",), "垃圾袋有了编号", place="望潮社区")
    third = make_article(("二维码垃圾袋也发到家。",), "垃圾袋进了门", place="盐仓社区")
    asked = [candidate(here, 1, total=1.0, typed=1.0)]
    only = [candidate(there, 1, total=1.0, typed=1.0)]
    other = elsewhere("石桥", terms, asked, only)
    assert other is not None
    assert "望潮社区" in other.told
    both = [*only, candidate(third, 1, total=0.5, typed=1.0)]
    assert elsewhere("石桥", terms, asked, both) is None


def test_a_place_that_is_told_of_part_of_what_is_asked_is_contrasted_with_none(
    make_article: MakeArticle,
) -> None:
    terms = question_terms("停车收费怎么样", lambda words: [1] * len(words), 10)
    here = make_article(("石桥停车有月卡。",), place="石桥社区")
    there = make_article(("停车收费每月60元。",), "停车", place="望潮社区")
    asked = [candidate(here, 1, total=1.0, typed=1.0)]
    only = [candidate(there, 1, total=1.0, typed=1.0)]
    assert elsewhere("石桥", terms, asked, only) is None
