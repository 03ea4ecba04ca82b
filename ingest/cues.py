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
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条部编]|[①-⑳])"
)
_CAPTION_START = re.compile(
    r"^[（(\[【]?\s*(?:[▲△▼▽↑↓←→◀▶►◄]|图[为：:①-⑳\d一二三四]|[上下左右本题组]图[为：:]|图片[：:说]|[上下左右]图\s)"
)
_CAPTION_END = re.compile(
    r"(?:[（(]?(?:[\u4e00-\u9fff·]{2,8}\s*|[）)\s])(?:供图|提供图片|摄影|摄)[）)]?"
    r"|[（(]?(?:资料图片?|效果图|示意图|视频截图|图片由.{2,16}提供)[）)]?)$"
)
_SIGN_OFF = re.compile(r"[。！？…”][（(](?P<inside>[^（）()。，！？\d]{2,40})[）)]$")


def fold(text: str) -> str:
    """Return text with the traditional characters of our cue words simplified, length kept."""
    return text.translate(_FOLD)


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
    return len(text) <= 90 and _CAPTION_END.search(plain) is not None


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
