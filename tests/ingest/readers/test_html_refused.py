"""Web pages with nothing to read, with hidden text, and those made to break readers."""

import time

import pytest

from ingest.readers.html import Config, build
from ingest.reading import Unreadable
from tests.ingest.readers.reports import (
    P1,
    P2,
    P3,
    TITLE,
    Parse,
    hidden,
    only,
    page,
    refused,
    texts,
)


def test_a_page_of_links_alone_is_no_article() -> None:
    links = "".join(f"<li><a href={n}>第{n}期社区新闻</a></li>" for n in range(20))
    assert "目录" in refused(page("<title>社区新闻</title>", f"<ul>{links}</ul>"))


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("", "登录"),
        ("<div id=app></div><script>render()</script>", "登录"),
        ("<input type=password><p>请先登录后再查看本页的全部内容，谢谢合作。</p>", "登录"),
        ("<iframe src=a.html></iframe>", "框架"),
        ("<div><img src=1><img src=2></div>", "图片"),
    ],
)  # fmt: skip
def test_a_page_without_text_is_refused_in_one_sentence(body: str, word: str) -> None:
    assert word in refused(page("<title>柳林社区网</title>", body))


def test_frames_are_refused() -> None:
    assert "框架" in refused(
        b"<html><frameset cols=20%,*><frame src=a><frame src=b></frameset></html>"
    )


def test_pages_made_to_break_readers_end_in_time() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    attacks = [
        b"<html><body>" + b"<div>" * 4_000_000 + b"x",
        b"<html><body>" + b"<div class=content>" * 100_000 + P1.encode() + b"</div>" * 100_000,
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">{lol}]>'.encode()
        + f"<html><body><p>&l9;{P1}</p></body></html>".encode(),
        b"<html><body><table>" + b"<tr><td><table>" * 20_000 + P1.encode(),
        b"<html><body>" + b"<a href=1>" * 50_000 + P1.encode(),
        b"<html><style>" + b".a{" * 200_000 + b"</style><body><p>" + P1.encode(),
        b"<html><body>" + b"<div class=share>" * 2000 + b"x " * 5_000_000,
        b"<html><body>" + b"<div style=display:none>" * 2000 + b"x " * 5_000_000,
        b"<html><body>" + b"<h1 class=title>" * 2000 + b"x " * 5_000_000,
        b"<html><body>" + b"<font color=white>" * 100_000 + b"x",
        b"<html><body><p>" + b"\n " * 1_000_000 + P1.encode(),
        b"<html><body><div class='" + b"a_" * 500_000 + b"'>" + P1.encode(),
        b"<html><body><p>" + "　　".encode() * 500_000 + P1.encode(),
        b"<html><body><p " + b"a='" * 300_000 + b">",
        b"<html><body><p style='" + b"color:" * 300_000 + b"'>" + P1.encode(),
    ]
    for data in attacks:
        begun = time.process_time()
        found = build(Config()).read(data)
        assert time.process_time() - begun < 20, data[:60]
        if isinstance(found, Unreadable):
            assert found.reason.endswith("。")


def test_hidden_text_is_dropped_and_logged(parse: Parse) -> None:
    tricks = [
        '<p style="display:none">密语甲</p>', '<p style="visibility: hidden">密语乙</p>',
        '<span style="font-size:0px">密语丙</span>', '<font color="#ffffff">密语丁</font>',
        '<p style="position:absolute;left:-9999px" aria-hidden=true>密语戊</p>',
        "<p hidden>密语己</p>",
        '<p style="opacity:0">密语庚</p>', "<p class=ghost>密语辛</p>",
        '<p style="text-indent:-9999px">密语壬</p>',
    ]  # fmt: skip
    unseen = "<!-- 密语癸 --><template>密语子</template><noscript>密语丑</noscript>"
    data = page(
        f"<title>{TITLE}</title><style>@media print{{p{{display:none}}}}"
        " .ghost, .y{ display : none !important }</style>",
        f"<h1>{TITLE}</h1><div id=content><p>{P1}</p>{''.join(tricks)}{unseen}<p>{P2}</p>"
        '<p style="background:#333"><span style="color:#fff">黑底上的白字看得见，要留着。</span>'
        "</p></div>",
    )
    article = only(parse(data, "a.html"))
    assert "密语" not in article.body
    assert texts(article) == [P1, P2, "黑底上的白字看得见，要留着。"]
    assert all(f"密语{mark}" in hidden(data) for mark in "甲乙丙丁戊己庚辛壬")


def test_broken_marks_do_no_harm(parse: Parse) -> None:
    data = (
        f"<html><body><h1>{TITLE}<div id=content><p>{P1}<p>{P2}</div></span></table><b><p>{P3}<img"
    )
    article = only(parse(data.encode(), "a.html"))
    assert article.headline == TITLE
    assert texts(article)[:2] == [P1, P2]
