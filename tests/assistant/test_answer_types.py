"""The wording of a question tells what kind of answer it expects; a sentence holds it or not."""

import pytest

from assistant.answer_types import AnswerType, expected, holds
from store.articles import Kind, Sentence


def sentence(text: str, kind: Kind = Kind.BODY) -> Sentence:
    return Sentence(start=0, end=len(text), text=text, kind=kind)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("电梯要多少钱？", AnswerType.MONEY),
        ("物业费是多少？", AnswerType.MONEY),
        ("党员占比多少？", AnswerType.SHARE),
        ("覆盖率达到多少？", AnswerType.SHARE),
        ("食堂几点开门？", AnswerType.CLOCK),
        ("是哪一年建的？", AnswerType.DATE),
        ("有几个小区？", AnswerType.COUNT),
        ("一共多少户？", AnswerType.COUNT),
        ("是谁发现的？", AnswerType.PERSON),
        ("设在哪里？", AnswerType.PLACE),
        ("为什么要换？", AnswerType.REASON),
        ("照片拍的是什么？", AnswerType.PHOTO),
        ("联系电话是多少？", AnswerType.CONTACT),
        ("怎么改造的？", AnswerType.OPEN),
        ("好几年了吗", AnswerType.OPEN),
        ("收费站在哪里？", AnswerType.PLACE),
        ("花了多少天？", AnswerType.COUNT),
        ("价格为什么上涨？", AnswerType.REASON),
        ("照片墙是哪一年建的？", AnswerType.DATE),
        ("拍了多少张照片？", AnswerType.COUNT),
        ("年龄最大的志愿者是谁？", AnswerType.PERSON),
        ("热线开通后解决了多少问题？", AnswerType.COUNT),
        ("看书要交钱吗？", AnswerType.MONEY),
        ("这篇是谁写的？", AnswerType.AUTHOR),
    ],
)
def test_the_wording_tells_the_kind(question: str, kind: AnswerType) -> None:
    assert expected(question).kind is kind


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("有几个小区？", "辖区9个小区都装了门禁。", 1.0),
        ("有几个小区？", "共有320名党员。", 0.4),
        ("有几个小区？", "小区环境变好了。", 0.0),
        ("火灾死了几个人？", "发现得早，没有人员伤亡。", 1.0),
        ("火灾伤了多少人？", "所幸无人受伤。", 1.0),
        ("丢了几辆车？", "半年来没有丢过一辆车。", 1.0),
        ("来了几个人？", "无人机飞过小巷。", 0.0),
        ("有几个小区？", "没有物业的地方，小区环境变好了。", 0.0),
        ("电梯要多少钱？", "每户约两万八千元。", 1.0),
        ("电梯要多少钱？", "共装了9部。", 0.0),
        ("是哪一年建的？", "建于1986年。", 1.0),
        ("党员占比多少？", "党员占75%。", 1.0),
        ("是谁发现的？", "党员周明发现了它。", 1.0),
        ("是谁发现的？", "楼长们一起发现的。", 0.3),
        ("食堂负责人是谁？", "食堂由社区和企业合办。", 0.0),
        ("来讲课的专家叫什么名字？", "不少居民听专家讲课。", 0.0),
        ("怎么改造的？", "先议事。", 1.0),
        ("电梯要多少钱？", "一听要拿出几万元，不少人走了。", 0.4),
        ("电梯要多少钱？", "花了上百万元。", 0.4),
        ("电梯要多少钱？", "花了十几万元。", 1.0),
        ("电梯要多少钱？", "300多万元。", 1.0),
        ("充电多少钱一度？", "充满一次大约2元。", 0.7),
        ("充电多少钱一度？", "每度0.56元。", 1.0),
        ("电梯每部要花多少钱？", "每部电梯总造价约52万元。", 1.0),
        ("大家一共花了多少钱？", "花了52万元。", 1.0),
        ("是谁施工的？", "由城建公司施工，年底完工。", 1.0),
        ("是谁施工的？", "住着许多职工和家属。", 0.3),
        ("是谁设计的？", "本报讯（记者 周明）攀爬架很受欢迎。", 0.3),
        ("是谁设计的？", "孩子们在玩耍。 周明/摄", 0.3),
        ("是谁设计的？", "新装的电梯。（新闻网 周明 摄）", 0.3),
    ],
)
def test_a_sentence_holds_what_is_expected(question: str, text: str, held: float) -> None:
    assert holds(expected(question), sentence(text)) == held


def test_a_byline_names_nobody_who_did_anything_else() -> None:
    assert holds(expected("是谁设计的？"), sentence("本报记者 周明", Kind.BYLINE)) == 0.3


def test_only_a_caption_tells_of_a_photo() -> None:
    asked = expected("照片拍的是什么？")
    assert holds(asked, sentence("清扫楼道。", Kind.CAPTION)) == 1.0
    assert holds(asked, sentence("清扫楼道。")) == 0.0
