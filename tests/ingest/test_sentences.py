"""Splitting Chinese paragraphs into sentences."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import Limits, split_sentences

PARAGRAPHS: list[list[str]] = [
    [
        "“小区改造，大家都十分上心、关心。”他说，“虽然仍是老旧小区，但还是有了满满的幸福感。”",
        "平江路社区地处航天城中心。",
        "谁来管？",
        "“我们来管！”党员杨兴安说：“有人管、管得好。”",
        "增长3.5%，共1.2万户（含商户。）",
        "他问道：“这样行吗？”",
        "大家说“行！”……",
        "后来呢？",
        "“不用愁了……”周大姐笑了。",
        "No. 5楼的Dr. Li也来了。",
        "详见www.chengdu.gov.cn。",
    ],
    ["“很方便”，企业职工刘高说。", "他每天都来。"],
    ["“走吧。”她轻声说。", "“好。”他答。"],
    ["他说：“今天很热。明天更热！”", "大家都笑了。"],
    ["王书记介绍：“我们做了三件事：一是修路；二是装灯；三是种树。”", "他说，下一步还要改管网。"],
    ["社区开展“我是业主！”活动三十场。", "居民满意度达98.6%。"],
    ["电影《你好，李焕英！》在广场放映。", "来了两百人。"],
    ["“‘老李，你来啦？’他这样问我。”周大姐回忆说。", "那天正下雨。"],
    ["他想了想……", "还是签了字。"],
    ["（记者走访时正值雨季。道路泥泞。）", "如今路修好了。"],
    ["“这事拖了三年。", "没人管。", "后来社区管了。"],
    ["“小区道路坏了。”", "小区道路改造完成后，居民不再抱怨。"],
    ["“怎么办？”", "这个问题难住了大家。"],
    ["“我们一起干！”社区党委书记李明告诉记者，居民的热情很高。", "活动持续三天。"],
    ["谈到变化，她说：“方便多了。”", "“以前要走半小时。”谈到过去，居民王大姐感慨道。"],
    ["「我們這棟樓終於裝上電梯了！」家住三號的魯伯高興地說。", "該樓已經三十年。"],
    ["增长3.5%。", "占比0.8。", "No.3号楼改造完成！", "真好！！！", "是吗？！"],
    ["一是拆除违建；二是更新管网；三是加装电梯。", "完成率100%。"],
    ['"我来修。"老张说。', "大家鼓掌。"],
    ["第一步：征求意见。", "第二步：公示……", "第三步：施工。"],
    ["详见https://a.gov.cn/x?id=3&y=2页面。", "欢迎来电。"],
    ["居民说，“路灯亮了，心里也亮了。”", "路灯是上月装的。"],
    ["“好！”", "“同意！”", "会场里响起一片回应。"],
]


def split(text: str, limits: Limits | None = None) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, limits)]


@pytest.mark.parametrize("sentences", PARAGRAPHS, ids=lambda sentences: sentences[0][:12])
def test_sentences_end_where_a_reader_would_end_them(sentences: list[str]) -> None:
    assert split("".join(sentences)) == sentences


def test_a_runaway_quotation_is_cut_at_its_full_stops() -> None:
    text = "他说：“" + "社区的路修好了，大家都很高兴。" * 20 + "”"
    assert len(split(text)) > 10
    assert split(text, Limits(quote_chars=1000)) == [text]


def test_text_without_a_full_stop_is_cut_at_a_semicolon_or_comma() -> None:
    parts = split("居民提出意见；" * 100)
    assert all(len(part) <= 400 for part in parts)
    assert all(part.endswith("；") for part in parts)


@given(st.text(alphabet='社区说道他“”‘’「」（）《》。！？…；，：. a1"\n', max_size=120))
def test_splitting_loses_nothing_but_white_space(text: str) -> None:
    spans = split_sentences(text, Limits(quote_chars=20, sentence_chars=40))
    assert [span for span in spans if span[0] >= span[1]] == []
    assert spans == sorted(spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize("character", '啊“”（。，… "《.')
def test_a_hundred_thousand_of_one_character_are_split_at_once(character: str) -> None:
    spans = split_sentences(character * 100_000)
    assert all(end - start <= 400 for start, end in spans)
