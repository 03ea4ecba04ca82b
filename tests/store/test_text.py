"""Text: cleaning, normalising, tokens, and that FTS5 keeps each token whole."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.migrations import TOKENIZER
from store.text import clean, is_chinese, normalise, tokens


def test_clean_drops_what_nobody_sees_and_keeps_the_rest() -> None:
    dirty = "\ufeff食\x00堂\u200b开\u202e张\ud800\r\n第二行\t完\x1b"
    assert clean(dirty) == "食堂开张\n第二行\t完"


@given(st.text())
def test_cleaned_text_encodes_and_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned


def test_width_script_and_case_are_one() -> None:
    assert normalise("ＡＰＰ：社區養老驛站　１２％") == "app:社区养老驿站 12%"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("小时内", ["小", "小时", "时", "时内", "内"]),
        ("24小时", ["24", "小", "小时", "时"]),
        ("食堂，午餐", ["食", "食堂", "堂", "午", "午餐", "餐"]),
        ("rcep 5g wi-fi", ["rcep", "5g", "wi", "fi"]),
        ("75%", ["75", "75%"]),
        ("3.5万", ["3.5", "万"]),
        ("1,200.5元", ["1200.5", "元"]),
        ("2023.10.1", ["2023", "10", "1"]),
        ("1,2,3", ["1", "2", "3"]),
        ("。，！", []),
        ("", []),
    ],
)
def test_tokens_are_characters_pairs_words_and_numbers(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_only_chinese_characters_make_a_text_chinese() -> None:
    assert is_chinese("What is 食堂?")
    assert not is_chinese("How much is lunch? １２％。")


@given(st.text(alphabet=st.sampled_from("社区食堂老人𠮷々〇㐀abz019.,% -\n")))
def test_full_text_keeps_every_token_whole(text: str) -> None:
    found = tokens(normalise(text))
    connection = sqlite3.connect(":memory:")
    connection.execute(f'create virtual table f using fts5 (t, tokenize = "{TOKENIZER}")')
    connection.execute("create virtual table v using fts5vocab (f, 'row')")
    connection.execute("insert into f values (?)", (" ".join(found),))
    kept = {row[0] for row in connection.execute("select term from v")}
    connection.close()
    assert kept == set(found)


@given(st.text())
def test_no_token_can_break_a_quoted_query(text: str) -> None:
    assert not any(set(token) & set('" \n') for token in tokens(normalise(text)))
