"""Nothing that a report, a reader or a chat model wrote may become more than text."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import (
    Answer,
    AnswerSentence,
    Citation,
    PartCoverage,
    Question,
    Status,
)
from store.ids import ArticleId, ReportId
from store.turns import Turn
from ui.web import render
from ui.web.literal import literal
from ui.web.places import Place, place_of

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "![图](http://evil.example/x.png)",
    "[字](javascript:alert(1))",
    "![图][r]\n\n[r]: http://evil.example/x.png",
    "![n\\]](http://evil.example/x.png)",
    "```html\n<b>粗</b>\n```",
    "$\\href{javascript:alert(1)}{x}$ $$x$$",
    "<form action=http://evil.example><input name=q></form>",
    "<div style='position:fixed;inset:0'>盖住</div>",
    "<span id='ev-1-1'></span><a href='#ev-1-1-a-0-1-00000000'>1</a>",
    "# 标题\n## 标题\n- 项\n1. 项\n> 引\n    代码",
    "| a | b |\n|---|---|\n| c | d |",
    "<!-- 注 --> <![CDATA[x]]> &lt;b&gt; &#60;b&#62;",
    "http://evil.example www.evil.example a@evil.example",
    "_斜_ *斜* ~~删~~ `码` \\",
    "\u202e倒过来\u202c 零\u200b宽\ufeff",
    "</section></div></p><style>*{display:none}</style>",
)
OURS = {"section", "h3", "div", "p", "a", "span", "strong", "ul", "li", "small", "br"}


class Reader(HTMLParser):
    """Reads HTML as a browser does: the tags, their attributes, and the text that is shown."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.shown = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "br":
            self.shown += "\n"

    def handle_data(self, data: str) -> None:
        self.shown += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment got through: {data}")


def cited(
    label: int = 1,
    quote: str = "一餐十二元。",
    headline: str = "食堂开张",
    confidence: float | None = None,
) -> Citation:
    return Citation(
        label=label,
        quote=quote,
        article_id=ArticleId("a0123456789"),
        headline=headline,
        community="南湖社区",
        report_id=ReportId("r0123456789"),
        path="/报纸/一.txt",
        title="社区报",
        section=None,
        start=10,
        end=10 + len(quote),
        confidence=confidence,
    )


def answered(
    *sentences: AnswerSentence,
    citations: tuple[Citation, ...] = (),
    status: Status = Status.ANSWERED,
    model: str = "qwen",
    lead: str = "",
    notice: str | None = None,
    question: str = "一餐多少钱？",
    standalone: str | None = None,
    parts: tuple[PartCoverage, ...] = (),
) -> Answer:
    asked = Question(
        text=question,
        standalone=standalone or question,
        own=question,
        chinese=True,
        rewritten=bool(standalone),
    )
    return Answer(
        question=asked,
        status=status,
        lead=lead,
        sentences=sentences,
        citations=citations,
        parts=parts,
        model=model,
        notice=notice,
    )


def everywhere(text: str) -> tuple[str, ...]:
    """Put a text wherever a text can go, and return what is drawn."""
    citation = cited(quote=text, headline=text)
    sentence = AnswerSentence(text=text, labels=(1,))
    parts = (
        PartCoverage(text=text, status=Status.RELATED),
        PartCoverage(text=text, status=Status.ANSWERED),
    )
    return (
        render.pending_turn(1, text, (citation,)),
        render.streaming_turn(1, text, text, text, (citation,)),
        render.failed_turn(1, text, text),
        render.remembered_turn(1, Turn(question=text, answer=text)),
        *(
            render.answered_turn(
                1,
                answered(
                    sentence,
                    citations=(citation,),
                    question=text,
                    standalone=text,
                    lead=text,
                    notice=text,
                    model=model,
                    parts=parts,
                ),
            )
            for model in (render.EXTRACTIVE, text)
        ),
    )


def check_harmless(html: str) -> None:
    read = Reader(html)
    assert set(read.tags) <= OURS
    for name, value in read.attributes:
        assert name in {"class", "id", "href", "role", "title"}
        if name == "id":
            assert re.fullmatch(r"turn-\d+", value or "")
        if name == "href":
            assert re.fullmatch(r"#ev-\d+-\d+-\w+-\d+-\d+-[0-9a-f]{8}", value or "")
    assert "\n" not in html, "a line break would hand the rest to the Markdown parser"
    bare = re.sub(r"<[^>]*>|&#?\w+;", " ", html)
    assert not re.search(r"[\[\]!`\\$*_|~{}]|://|www\.|@", bare), "Markdown could act on this"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_wherever_it_is_put(text: str) -> None:
    for html in everywhere(text):
        check_harmless(html)


@given(
    st.text(
        alphabet=st.sampled_from("<>&\"'[]()!`\\$*_|~{}#-=:/@.w\n\t \u200b\u202e1一，"), max_size=60
    )
)
def test_any_mixture_of_delimiters_stays_text(text: str) -> None:
    for html in everywhere(text):
        check_harmless(html)


@pytest.mark.parametrize("text", HOSTILE)
def test_literal_text_is_shown_as_it_was_written(text: str) -> None:
    shown = Reader(literal(text)).shown
    assert shown == re.sub("[\u200b\u202e\u202c\ufeff]", "", text).replace("\t", " ")


def test_marks_become_chips_that_carry_their_place() -> None:
    citation = cited(2)
    html = render.streaming_turn(7, "问", None, "一餐十二元[2]。", (citation,))
    (href,) = (value for name, value in Reader(html).attributes if name == "href")
    assert href == f"#ev-7-{place_of(citation).token}"


@pytest.mark.parametrize("raw", ["十二元[9]。", "十二元【9】。", "十二元[7, 9]。", "十二元[0]。"])
def test_a_mark_of_no_citation_is_dropped(raw: str) -> None:
    html = render.streaming_turn(1, "问", None, raw, (cited(1),))
    assert "十二元。" in Reader(html).shown
    assert "a" not in Reader(html).tags


@pytest.mark.parametrize("raw", ["十二元[1][2]", "十二元[1,2]", "十二元【1、2】", "十二元[1，2]"])
def test_several_marks_are_read_however_they_are_written(raw: str) -> None:
    html = render.streaming_turn(1, "问", None, raw, (cited(1), cited(2)))
    assert Reader(html).tags.count("a") == 2


@pytest.mark.parametrize("tail", ["[", "[1", "【", "[1,", "*"])
def test_a_mark_that_is_still_being_written_waits(tail: str) -> None:
    shown = Reader(render.streaming_turn(1, "问", None, f"十二元{tail}", (cited(),))).shown
    assert "十二元正在" in shown


def test_bold_is_bold_and_lines_are_paragraphs() -> None:
    html = render.streaming_turn(1, "问", None, "**十二元**\n\n- 午餐", ())
    assert "<strong>十二元</strong>" in html
    assert "<p>- 午餐</p>" in html


def test_quotes_of_the_extractive_answer_keep_their_brackets() -> None:
    sentence = AnswerSentence(text="见附件[3]。", labels=(1,))
    html = render.answered_turn(
        1, answered(sentence, citations=(cited(),), model=render.EXTRACTIVE)
    )
    assert "见附件[3]。" in Reader(html).shown
    assert 'class="quote"' in html


@pytest.mark.parametrize("status", Status)
def test_each_band_is_said_in_words(status: Status) -> None:
    assert render.BANDS[status] in Reader(render.answered_turn(1, answered(status=status))).shown


def test_what_is_not_covered_is_said_once_with_a_way_on() -> None:
    html = render.answered_turn(
        1, answered(status=Status.NOT_COVERED, lead="报道中没有提到。", model=render.EXTRACTIVE)
    )
    assert html.count("报道中没有提到") == 1
    assert "报道库" in html


def test_of_what_was_never_asked_of_the_reports_no_band_is_shown() -> None:
    html = render.answered_turn(
        1, answered(status=Status.NOT_COVERED, lead="不客气。", model=render.CATALOG)
    )
    assert "报道中没有提到" not in html
    assert "不客气。" in Reader(html).shown


def test_a_follow_up_says_how_it_was_understood() -> None:
    html = render.answered_turn(1, answered(standalone="南湖社区食堂一餐多少钱？"))
    assert "理解为：南湖社区食堂一餐多少钱？" in Reader(html).shown


def test_a_sentence_of_a_model_without_support_is_marked() -> None:
    bare = AnswerSentence(text="听说还不错。", support=0.1)
    assert "未见报道依据" in render.answered_turn(1, answered(bare))


def test_parts_are_listed_where_they_differ() -> None:
    parts = (
        PartCoverage(text="价格", status=Status.ANSWERED),
        PartCoverage(text="地铁", status=Status.NOT_COVERED),
    )
    shown = Reader(render.answered_turn(1, answered(parts=parts))).shown
    assert "报道中没有提到地铁" in shown


def test_sources_name_each_article_once() -> None:
    html = render.answered_turn(1, answered(citations=(cited(1), cited(2))))
    assert html.count('class="source"') == 1
    assert "1、2" in Reader(html).shown


def test_chips_and_sources_say_what_stands_on_a_scan() -> None:
    citations = (cited(1, confidence=0.99), cited(2, confidence=0.6))
    sentences = (AnswerSentence(text="一。", labels=(1,)), AnswerSentence(text="二。", labels=(2,)))
    html = render.answered_turn(1, answered(*sentences, citations=citations))
    titles = [value or "" for name, value in Reader(html).attributes if name == "title"]
    assert [title.rpartition("》")[2] for title in titles] == [
        "（扫描件）",
        "（扫描件，可能有识别错误）",
    ]
    assert Reader(html).shown.count("扫描件，可能有识别错误") == 1, "the article's, by its worst"
    assert "扫描件" not in render.answered_turn(1, answered(citations=(cited(),)))


def test_an_empty_library_is_told_how_to_be_filled() -> None:
    assert "wenyuan ingest" in render.welcome(0, 0)
    assert "2 份报道、5 篇文章" in render.welcome(2, 5)


def test_a_place_survives_its_token_and_knows_its_words() -> None:
    place = place_of(cited(quote="一餐十二元。"))
    assert Place.parse(place.token) == place
    assert place.fits("社区食堂每天供应午餐" + "一餐十二元。")
    assert not place.fits("社区食堂每天供应午餐" + "一餐十三元。")
    assert not place.fits("短")


@pytest.mark.parametrize(
    "token", ["", "1-a-2", "1-a/../b-0-1-00000000", "1-a-0-1-0000000g", "１-a-0-1-00000000"]
)
def test_what_is_no_token_is_no_place(token: str) -> None:
    assert Place.parse(token) is None
