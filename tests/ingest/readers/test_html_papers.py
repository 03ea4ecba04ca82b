"""Articles of WeChat and of newspapers' page editions, as they are saved."""

from tests.ingest.readers.reports import (
    P1,
    P2,
    P3,
    P4,
    TITLE,
    Parse,
    captions,
    headings,
    hidden,
    only,
    page,
    refused,
    texts,
)


def wechat(content: str, *, when: str = "2026-10-22 18:00", script: str = "") -> bytes:
    return page(
        f"<meta property='og:title' content='{TITLE}'>",
        f"""<div id="js_article"><h1 class="rich_media_title" id="activity-name">
        {TITLE}
        </h1><div id="meta_content" class="rich_media_meta_list"><span
        id="copyright_logo">原创</span>
        <span class="rich_media_meta rich_media_meta_text">何小敏</span>
        <span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a
        id="js_name"> 幸福柳林 </a></span>
        <em id="publish_time">{when}</em><em id="js_ip_wording">四川</em></div>
        <div class="rich_media_content" id="js_content"
        style="visibility: hidden; opacity: 0;">{content}</div></div>
        <div class="rich_media_tool">阅读 <span>2.1万</span></div><script>{script}</script>""",
    )


def test_a_wechat_article_set_with_an_editor_of_sections(parse: Parse) -> None:
    body = f"""<section style="text-align:center"><p>点击上方蓝字关注我们</p></section>
    <section><section><span style="font-size: 15px;">{P1}</span></section></section><p><br></p>
    <section style="text-align:center;"><section
    style="background-color:#c00;color:#fff;font-size:18px">01</section>
    <section><strong style="font-size: 18px;">把会开到楼道里</strong></section></section>
    <section><p style="font-size: 15px;">{P2}<br>{P3}</p></section>
    <section><img data-src="https://x/1" style="vertical-align:middle"></section>
    <section style="text-align:center;font-size:12px;color:#888">楼道协商会现场</section>
    <section style="background:#c00"><p style="color: rgb(255, 255, 255);text-align:center">
    <strong>电梯通了心也通</strong></p></section>
    <p style="font-size: 15px;">&nbsp; &nbsp; {P4}</p><p
    style="color:#fff">白底白字，谁也看不见的话。</p>
    <section><p>来源：柳林社区居委会</p><p>编辑：阿明</p><p>往期推荐</p><p><a href=1>邻里节来啦</a>
    </p>
    <p>长按识别二维码关注</p><p>点个“在看”</p></section>"""
    contents = parse(wechat(body), "a.html")
    article = only(contents)
    assert article.headline == TITLE
    assert headings(article) == ["01 把会开到楼道里", "电梯通了心也通"]
    assert texts(article)[:4] == [P1, P2, P3, P4]
    assert captions(article) == ["楼道协商会现场"]
    assert contents.report.publisher == "幸福柳林"
    assert contents.report.printed_date == "2026-10-22"
    assert article.byline is not None
    assert "何小敏" in article.byline.reporters
    assert "白底白字" in hidden(wechat(body))
    for noise in ("蓝字", "原创", "往期", "邻里节", "二维码", "在看", "阅读", "白底"):
        assert noise not in article.body


def test_a_wechat_page_saved_before_its_program_ran_still_has_its_date(parse: Parse) -> None:
    data = wechat(f"<p>{P1}</p><p>{P2}</p>", when="", script="var createTime = '2026-10-23 07:30';")
    assert parse(data, "a.html").report.printed_date == "2026-10-23"
    assert parse(wechat(f"<p>{P1}</p>", when="3天前"), "a.html").report.printed_date is None


def test_a_wechat_article_of_pictures_alone_is_refused() -> None:
    assert "图片" in refused(wechat("<p><img data-src=1></p><p><img data-src=2></p>"))


def test_a_newspaper_page_prints_date_and_page_number_above(parse: Parse) -> None:
    data = page(
        "<title>云川晚报数字报-十七栋楼装上电梯</title>",
        f"""<table><tr><td>2026年10月24日 星期六</td><td>第A06版：社区</td></tr></table>
        <div class=list><a href=1>第A01版：要闻</a><a href=2>第A02版：时政</a></div>
        <div><founder-pretitle>柳林社区老楼</founder-pretitle></div>
        <h2><founder-title>{TITLE}</founder-title></h2>
        <div class=subtitle><founder-subtitle>——协商二十三次，没有一户反对</founder-subtitle></div>
        <div><founder-author>本报记者 秦岚 文/图</founder-author></div>
        <div id=ozoom style="zoom:100%"><founder-content><P>　　{P1}</P><P>　　{P2}<BR>　　{P3}</P>
        </founder-content></div>
        <div><a href=3>上一篇</a><a href=4>下一篇</a><a href=5>放大</a></div>""",
    )
    contents = parse(data, "a.html")
    article = only(contents)
    assert article.headline == TITLE
    assert article.subheads == (
        "柳林社区老楼",
        "——协商二十三次，没有一户反对",
    )
    assert texts(article) == [P1, P2, P3]
    assert article.byline is not None
    assert article.byline.reporters == ("秦岚",)
    assert contents.report.printed_date == "2026-10-24"
    assert contents.report.page_label is not None
    assert "A06" in contents.report.page_label


def test_a_newspaper_page_marked_by_comments_alone(parse: Parse) -> None:
    data = page(
        f"<title>{TITLE}-云川日报</title>",
        f"<h1>{TITLE}</h1><div><!--enpcontent--><p>{P1}</p><p>{P2}</p><!--/enpcontent--></div>"
        f"<div>{'<a href=1>别的版面</a>' * 9}</div>",
        encoding="gbk",
        charset="gb2312",
    )
    contents = parse(data, "a.html")
    assert texts(only(contents)) == [P1, P2]
    assert contents.report.publisher == "云川日报"


def test_an_author_in_an_element_of_that_name_is_the_byline(parse: Parse) -> None:
    data = page(
        f"<title>{TITLE}</title>",
        f"<h1>{TITLE}</h1><div class='author cf'>秦岚</div>"
        "<div>2026年10月24日 | 来源：云川日报</div>"
        f"<div class='rm_txt_con'><p>{P1}</p><p>{P2}</p><p>（秦岚）</p></div>",
    )
    article = only(parse(data, "a.html"))
    assert article.byline is not None
    assert article.byline.reporters == ("秦岚",)
    assert texts(article) == [P1, P2]
