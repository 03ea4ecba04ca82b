"""Words that mean the same: the packaged groups, a user's own, and what they are good for."""

from pathlib import Path

import pytest

from assistant.config import AssistantConfig
from assistant.pipeline import Assistant
from assistant.records import Status
from assistant.retrieve import by_words
from assistant.synonyms import NONE, Synonyms, load
from assistant.terms import question_terms
from assistant.understand import Aids, readings
from store.errors import UsageError
from store.library import Library


def test_the_packaged_groups_lead_from_colloquial_words_to_those_of_reports() -> None:
    assert "院落" in load().others["大杂院"]
    assert "物业费" in load().others["卫生费"]


def test_no_synonym_is_a_single_character_and_none_is_the_word_itself() -> None:
    for word, others in load().others.items():
        assert word not in others
        assert all(len(other) > 1 for other in others)


def test_words_are_found_whole_and_the_longest_first() -> None:
    known = Synonyms({"卫生": ("清洁",), "卫生费": ("物业费",), "生费": ("错",)})
    assert known.among(["卫生", "费", "多少"]) == {"卫生费": ("物业费",)}
    assert known.among(["卫生", "好"]) == {"卫生": ("清洁",)}
    assert NONE.among(["卫生"]) == {}


def test_a_users_file_adds_to_the_packaged_groups(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('groups = ["卫生费 公共清扫费", "戏楼 大戏台"]', "utf-8")
    known = load(own)
    assert {"物业费", "公共清扫费"} <= set(known.others["卫生费"])
    assert known.others["戏楼"] == ("大戏台",)


@pytest.mark.parametrize(
    "text",
    [
        "groups = [",
        'groups = "卫生费 物业费"',
        "groups = [1]",
        'groups = ["独"]',
        'other = ["卫生费 物业费"]',
        b"\xff\xfe\x00",
    ],
)
def test_a_file_of_another_form_is_told_in_one_sentence(tmp_path: Path, text: str | bytes) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UsageError, match=r"同义词文件 .*own\.toml .*。$"):
        load(own)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="读不出来"):
        load(tmp_path / "none.toml")


def test_evidence_with_a_synonym_nearly_holds_the_word() -> None:
    terms = question_terms("卫生费多少", lambda t: [0] * len(t), 10, {"卫生费": ("物业费",)})
    (fee,) = terms
    assert (fee.text, fee.noun) == ("卫生费", True)
    assert fee.presence("卫生费每月十元") == 1
    assert 0.8 < fee.presence("物业费每月十元") < 1
    assert fee.presence("每月十元") == 0


def test_a_word_that_no_passage_holds_is_searched_by_its_synonyms(library: Library) -> None:
    aids = Aids(synonyms=Synonyms({"酒肆": ("食堂",)}))
    (read,) = readings("酒肆", [], [], 500, aids)
    assert library.lexical("酒肆", 5) == []
    found = by_words(library, read, AssistantConfig())
    assert found
    assert {id_ for id_, _ in found} <= {id_ for id_, _ in library.lexical("食堂", 50)}


def test_a_colloquial_question_is_answered(library: Library, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('groups = ["托老饭铺 助老食堂"]', "utf-8")
    question = "石桥社区的托老饭铺设在哪里？"
    told = Assistant(library, AssistantConfig(synonyms_file=own)).ask(question)
    assert told.status is Status.ANSWERED
    assert "原街道会议室" in told.text
