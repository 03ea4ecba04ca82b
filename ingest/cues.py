"""The words and shapes by which parts of a newspaper page are known. No paper's own names.

Every function takes a whole block and guards its length first, so that no pattern ever meets a
long text.
"""

import re

from ingest.punctuation import ends_closed

_TRADITIONAL = (
    "記員報訊電圖為攝責編輯區縣鄉鎮鄰綜導視臺網聞時間發訪"
    "點題頻說稱話學會議專實習條號農曆華際簡聯團雲場劇總週"
)
_SIMPLIFIED = (
    "记员报讯电图为摄责编辑区县乡镇邻综导视台网闻时间发访"
    "点题频说称话学会议专实习条号农历华际简联团云场剧总周"
)
_FOLD = str.maketrans(_TRADITIONAL, _SIMPLIFIED)

_WIRE = re.compile(
    r"^[●■◆◎▲\s]*(?:本(?:报|刊|网|台)|[\u4e00-\u9fff]{1,6}(?:社|日报|晚报|网|新闻))"
    r"[\u4e00-\u9fff]{0,8}(?:\d{1,2}月)?(?:\d{1,2}日)?\s*(?:综合)?"
    r"(?:讯(?!问|息)|电(?![\u4e00-\u9fff]{0,3}[话梯动改])|消息)"
)
_ENUMERATED = re.compile(
    r"^[^\w（(①-⑳]*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条部编]|[①-⑳]|\d\ufe0f?\u20e3)"
)
_CAPTION_START = re.compile(
    r"^[（(\[【]?\s*(?:[▲△▼▽↑↓←→◀▶►◄]|图[为：:①-⑳\d一二三四]|[上下左右本题组]图[为：:]|图片[：:说]|[上下左右]图\s)"
)
_CAPTION_END = re.compile(
    r"(?:[（(]?(?:[\u4e00-\u9fff·]{2,8}[\s/／]*|[）)\s])(?:供图|提供图片|摄影|摄)[）)]?"
    r"|[（(]?(?:资料图片?|效果图|示意图|视频截图|图片由.{2,16}提供)[）)]?)$"
)
_ORNAMENT = re.compile(r"^[^\w“‘「『《〈【\[（(—\-]+")
_CRUMBS = re.compile(
    r"^(?:[您你]?(?:当前|现在|所在)的?(?:所在)?位置[：:].{2,60}|(?:首页|主页|网站首页)\s*[>＞»›→/-].{1,60}"
    r"|[^\s>＞»›]{2,10}(?:\s*[>＞»›]\s*[^\s>＞»›]{2,12}){2,6})$"
)
_BUTTON = (
    r"(?:我要)?纠错|(?:赞|在看|喜欢|收藏|分享|转发|留言|评论)\s*\d[\d.万+]*|打印(?:本[页文])?|关闭(?:窗口|本页)?|返回(?:首页|顶部|列表|上一页)?|收藏(?:本[页文])?|点赞|在看|举报|评论|转发"
    r"|复制链接|[上下]一[页篇条](?:[：:].{0,40})?|分享(?:到|至)?[：:]?|阅读[：:\s]*\d[\d.万+]*|(?:阅读|查看)(?:原文|全文|更多)|展开全文|更多|点击.{0,6}关注(?:我们)?"
    r"|字[号体][：:]?|[大中小]号?|[AaTt][+\-]|微信|微博|新浪微博|朋友圈|QQ(?:空间|好友)?|扫[一码]?扫.{0,16}"
    r"|长按.{0,12}二维码.{0,8}|(?:THE )?END|\d{1,6}"
)
_BUTTONS = re.compile(
    rf"^(?=.*[纠打关返收点在举评转复上下分阅查展更字微朋Q扫长E])[^\w]*(?:{_BUTTON})(?:[^\w]+(?:{_BUTTON}))*[^\w]*$"
)
_RELATED = re.compile(
    r"^[^\w]*(?:相关(?:阅读|新闻|文章|推荐|报道)|推荐阅读|热门(?:文章|推荐|新闻|阅读)|更多(?:新闻|文章|精彩|推荐)"
    r"|猜你喜欢|精彩推荐|往期(?:回顾|推荐|精选))[^\w]*$"
)
_SIGN_OFF = re.compile(r"[。！？…”][（(](?P<inside>[^（）()。，！？\d]{2,40})[）)]$")


def fold(text: str) -> str:
    """Return text with the traditional characters of our cue words simplified, length kept."""
    return text.translate(_FOLD)


def unmarked(text: str) -> str:
    """Return a line without the ornament or emoji before it, quotes and brackets left."""
    return _ORNAMENT.sub("", text[:12]) + text[12:]


def bullet(text: str) -> str | None:
    """Return the ornament a line begins with, as those of a list all do; None without one."""
    found = _ORNAMENT.match(text[:12])
    return found[0].strip() if found else None


def is_column_label(text: str) -> bool:
    """Say whether a line names the column an article runs in: ■ 民生, 【走基层】."""
    if len(text) > 16:
        return False
    if text[0] in "【[" and text[-1] in "】]":
        return True
    return text[0] in "■◆●□◇★▌▍▎◣◤" and re.search(r"[，、：“ \u3000]", unmarked(text)) is None


def is_web_line(text: str) -> bool:
    """Say whether a line is what a web page prints round an article: its path, its buttons."""
    if len(text) > 80 or re.search(r"[。；]", text):
        return False
    return _CRUMBS.match(text) is not None or _BUTTONS.match(text) is not None


def is_related_label(text: str) -> bool:
    """Say whether a line heads a list of other articles on a web page."""
    return len(text) <= 16 and _RELATED.match(text) is not None


def is_wire_lead(text: str) -> bool:
    """Say whether a paragraph opens as a news item does: 本报讯, 新华社北京1月2日电."""
    return _WIRE.match(fold(text[:40])) is not None


def sign_off(text: str) -> str | None:
    """Return what stands in the brackets that end a news item after its last full stop."""
    found = _SIGN_OFF.search(fold(text[-44:]))
    return text[-44:][found.start("inside") : found.end("inside")] if found else None


def is_enumerated(text: str) -> bool:
    """Say whether a line is numbered (一、 （二） 3.), as a part of a text is and no headline."""
    return _ENUMERATED.match(text[:12]) is not None


def is_subtitle(text: str) -> bool:
    """Say whether a line is a second headline, which papers open with a long dash."""
    return text.startswith(("——", "--", "──", "― ―", "—"))


def is_caption(text: str) -> bool:
    """Say whether a line says of itself that it belongs to a picture."""
    if len(text) > 150:
        return False
    plain = fold(text)
    if _CAPTION_START.match(plain):
        return True
    return ends_as_caption(text)


def ends_as_caption(text: str) -> bool:
    """Say whether a line ends with whoever took or gave the picture."""
    return len(text) <= 90 and _CAPTION_END.search(fold(text)) is not None


def is_heading_shaped(text: str) -> bool:
    """Say whether a line could be a headline or heading: short, and no finished sentence."""
    if not 2 <= len(text) <= 48 or ends_closed(text) or text[-1] in "，,、-—":
        return False
    if re.search(r"[。；]", text) or text.count("，") > 2:
        return False
    return re.search(r"[^\W\d_]", text) is not None


def is_headline_question(text: str) -> bool:
    """Say whether a line could be a headline that asks or exclaims."""
    return (
        4 <= len(text) <= 36 and text[-1] in "？！?!" and "。" not in text and text[0] not in "“「"
    )
