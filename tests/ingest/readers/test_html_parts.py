"""What stands on web pages: encodings, several articles, tables, odd paragraphs, dates."""

import pytest

from tests.ingest.readers.reports import (
    P1,
    P2,
    P3,
    P4,
    TITLE,
    Parse,
    captions,
    headings,
    only,
    page,
    texts,
)


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("gbk", ""), ("gbk", "gb2312"), ("gb18030", "utf-8"), ("utf-8", "gb2312"), ("utf-16", ""),
        ("utf-8-sig", ""),
    ],
)  # fmt: skip
def test_any_encoding_is_read_whatever_it_says_it_is(
    encoding: str, charset: str, parse: Parse
) -> None:
    text = f"{P1}区长朱镕说：“喆、堃、㙍。”" if encoding != "gbk" else P1
    body = f"<h1>{TITLE}</h1><div id=content><p>{text}</p><p>{P2}</p><p>{P3}</p></div>"
    data = page(f"<title>{TITLE}</title>", body, encoding=encoding, charset=charset)
    assert texts(only(parse(data, "a.html"))) == [text, P2, P3]


@pytest.mark.parametrize("charset", ["", "big5"])
def test_a_traditional_page_in_big5(charset: str, parse: Parse) -> None:
    title = "社區關懷據點揭牌 長者共餐樂融融"
    paragraphs = [
        "柳林里社區關懷據點日前揭牌，里長林美惠帶領志工為長者準備熱騰騰的午餐，現場笑聲不斷。",
        "「以前一個人吃飯沒有味道，現在天天有伴。」七十八歲的陳阿嬤說，她每週來三次。",
        "里辦公處表示，據點將陸續開設健康操、手作課程，邀請更多長者走出家門。",
    ]
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    data = page(
        f"<title>{title}</title>",
        f"<h1>{title}</h1><div>記者王大明／柳林報導　2026-10-19</div><div id=content>{body}</div>",
        encoding="big5",
        charset=charset,
    )
    contents = parse(data, "a.html")
    assert only(contents).headline == title
    assert texts(only(contents)) == paragraphs
    assert contents.report.printed_date == "2026-10-19"


def test_a_web_archive_gives_the_page_in_it(parse: Parse) -> None:
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    mail = MIMEMultipart("related")
    mail["Subject"] = "x"
    article = f"<h1>{TITLE}</h1><article><p>{P1}</p><p>{P2}</p></article>"
    html = f"<html><head><title>{TITLE}</title></head><body>{article}</body></html>"
    mail.attach(MIMEText(html, "html", "gbk"))
    mail.attach(MIMEText("body{}", "css"))
    data = b"From: <Saved by Blink>\r\n" + mail.as_bytes().replace(b"\n", b"\r\n")
    assert texts(only(parse(data, "a.mhtml"))) == [P1, P2]


def test_two_articles_on_one_page_stay_apart(parse: Parse) -> None:
    data = page(
        "<title>社区新闻 - 柳林社区网</title>",
        f"""<h1>社区新闻</h1><article><h2>{TITLE}</h2><p class=meta>2026-10-21</p><p>{P1}</p>
        <p>{P2}</p></article>
        <article><h2>夜间食堂开张三天 来了四百人</h2><p>{P3}</p><h3>价钱</h3><p>{P4}</p>
        </article>""",
    )
    contents = parse(data, "a.html")
    assert [each.headline for each in contents.articles] == [TITLE, "夜间食堂开张三天 来了四百人"]
    first, second = contents.articles
    assert texts(first) == [P1, P2]
    assert texts(second) == [P3, P4]
    assert headings(second) == ["价钱"]


def test_two_articles_under_headings_of_the_first_level(parse: Parse) -> None:
    data = page(
        "<title>未命名</title>",
        f"<div id=write><h1>{TITLE}</h1><p>{P1}</p><h2>把会开进楼道</h2><p>{P2}</p>"
        f"<h1>夜间食堂开张三天 来了四百人</h1><p>{P3}</p><p>{P4}</p></div>",
    )
    contents = parse(data, "a.html")
    assert [each.headline for each in contents.articles] == [TITLE, "夜间食堂开张三天 来了四百人"]


def test_a_page_that_word_wrote_has_the_headline_it_is_set_with(parse: Parse) -> None:
    def set_in(text: str, size: int = 12) -> str:
        return f"<p class=MsoNormal><span style='font-size:{size}.0pt'>{text}<o:p></o:p></span></p>"

    data = page(
        "<title>Document1</title><style><!-- p.MsoNormal{margin:0} --></style>",
        f"<div class=WordSection1><p class=MsoNormal align=center><b><span style='font-size:22pt'>"
        f"{TITLE}</span></b></p>{set_in(P1)}"
        f"<p class=MsoNormal><b>{set_in('把会开进楼道', 14)}</b></p>"
        f"{set_in('住在<st1:place>青石桥</st1:place>。' + P2)}{set_in(P3)}</div>",
        encoding="gbk",
        charset="gb2312",
    )
    article = only(parse(data, "a.htm"))
    assert article.headline == TITLE
    assert texts(article) == [P1, "住在青石桥。" + P2, P3]


def test_pictures_with_centred_lines_below_them_are_a_photo_story(parse: Parse) -> None:
    lines = ["电梯井开挖现场。", "居民在楼道里开会。", "周阿姨第一个坐上电梯。"]
    shots = "".join(
        f"<p style='text-align:center'><img src={line}></p><p style='text-align:center'>{line}</p>"
        for line in lines
    )
    data = page(
        f"<title>{TITLE}</title>", f"<h1>{TITLE}</h1><div class=content>{shots}<p>{P1}</p></div>"
    )
    article = only(parse(data, "a.html"))
    assert captions(article) == lines
    assert texts(article) == [P1]


def test_a_first_paragraph_set_apart_from_the_text_is_kept(parse: Parse) -> None:
    data = page(
        f"<title>{TITLE}</title>",
        f"<h1>{TITLE}</h1><div class=lead>{P4}</div><div class=info>2026年10月21日 来源：云川晚报 "
        f"记者：秦岚</div><div class=content><p>{P1}</p><p>{P2}</p></div>",
    )
    contents = parse(data, "a.html")
    assert texts(only(contents)) == [P4, P1, P2]
    assert contents.report.publisher == "云川晚报"


def test_a_page_of_an_office_that_names_number_and_date_of_a_letter(parse: Parse) -> None:
    data = page(
        f"<title>{TITLE}_通知公告_柳林区人民政府</title>",
        f"""<table><tr><td>发文机关：</td><td>区住建局</td></tr><tr><td>成文日期：</td><td>2026-10-08</td>
        <td>发布日期：</td><td>2026-10-09</td></tr></table><h1>{TITLE}</h1>
        <div id=UCAP-CONTENT><p>柳区建〔2026〕9号</p><p>各街道办事处：</p><p>{P2}</p>
        <p>一、工作目标</p><p>{P3}</p><p>柳林区住房和城乡建设局</p><p>2026年10月8日</p></div>""",
    )
    contents = parse(data, "a.html")
    article = only(contents)
    assert contents.report.printed_date == "2026-10-09"
    assert article.subheads == ()
    assert headings(article) == ["一、工作目标"]
    assert texts(article)[-2:] == ["柳林区住房和城乡建设局", "2026年10月8日"]


def test_a_paper_named_below_the_headline_does_not_push_it_out(parse: Parse) -> None:
    info = "<span>2026年10月21日 07:30</span><a href=1>云川晚报</a>"
    shot = "<div><img src=1><span class=img_descr>老人乘坐新电梯</span></div>"
    text = f"{shot}<h2>把会开进楼道</h2><p>{P1}</p><p>{P2}</p>"
    for body in (
        f"<h1>{TITLE}</h1><div class=date-source>{info}</div><div id=article>{text}</div>",
        f"<article><h1>{TITLE}</h1><div class=meta>{info}</div>{text}</article>",
    ):
        contents = parse(page(f"<title>{TITLE}</title>", body), "a.html")
        article = only(contents)
        assert article.headline == TITLE
        assert headings(article) == ["把会开进楼道"]
        assert captions(article) == ["老人乘坐新电梯"]
        assert contents.report.publisher == "云川晚报"
        assert contents.report.printed_date == "2026-10-21"


def test_a_table_is_read_row_by_row_and_a_layout_table_as_text(parse: Parse) -> None:
    data = page(
        f"<title>{TITLE}</title>",
        f"""<table width=100%><tr><td><h1>{TITLE}</h1></td></tr><tr><td id=zoom><p>{P1}</p>
        <table border=1><caption>各楼层分摊比例</caption><tr><th>楼层</th><th>比例</th>
        <th>金额（元）</th></tr>
        <tr><td>三层</td><td>10%</td><td>12000</td></tr><tr><td>七层</td><td>30%</td><td>36000</td>
        </tr></table>
        <p>{P2}</p></td></tr></table>""",
    )
    assert texts(only(parse(data, "a.html"))) == [
        P1, "各楼层分摊比例", "楼层｜比例｜金额（元）", "三层｜10%｜12000", "七层｜30%｜36000", P2,
    ]  # fmt: skip


def test_paragraphs_set_by_hand_and_odd_characters(parse: Parse) -> None:
    data = page(
        f"<title>{TITLE}</title>",
        f"<h1>{TITLE}</h1><div id=content>　　{P1}　　{P2}<br><br>"
        f"&nbsp;&nbsp;&nbsp;&nbsp;{P3[:20]}\n{P3[20:]}"
        "<p>电梯&shy;运行&#8203;费每户每月&yen;18&mdash;&ldquo;不贵&rdquo;，大家都说好&#x3002;</p></div>",
    )
    assert texts(only(parse(data, "a.html"))) == [
        P1, P2, P3, "电梯运行费每户每月¥18—“不贵”，大家都说好。",
    ]  # fmt: skip


def test_a_date_is_never_guessed(parse: Parse) -> None:
    data = page(
        f"<title>{TITLE}</title>",
        f"<h1>{TITLE}</h1><div class=info>10月25日 来源：云川日报</div>"
        f"<div id=content><p>{P1}</p><p>{P2}2026年10月1日，电梯通过验收。</p></div>"
        "<div>今天是2026年11月24日 星期二</div><div class=hot>2026-11-01 热门新闻</div>",
    )
    assert parse(data, "a.html").report.printed_date is None


def test_a_small_page_without_any_structure_is_read_whole(parse: Parse) -> None:
    text = "南湖社区食堂昨天开门，六十岁以上的老人打八折，一天三餐都有。"
    data = f"<html><body><p>社区食堂开张</p><p>{text}</p></body></html>"
    article = only(parse(data.encode(), "a.html"))
    assert article.headline == "社区食堂开张"
