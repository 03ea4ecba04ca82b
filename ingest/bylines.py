"""Reads bylines: who wrote, who photographed, for which outlet; and tells them from other lines."""

import re

from ingest.cues import fold
from store.records import Byline

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧"
    "计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫"
    "房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷"
    "车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍"
    "双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨"
    "居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩聂晁勾敖融冷訾辛阚那简饶空曾沙养鞠须丰巢关蒯相查后荆红游竺权盖益"
    "桓公岳帅缑亢况肖覃付闫涂代邸鹿苟辜欧代"
    "趙錢孫陳褚衛蔣韓楊許呂張嚴華魏謝鄒喻竇蘇範魯韋馬鳳湯羅畢鄔樂時齊顧黃蕭貝計談龐紀項藍閔賈婁顏鐘駱萬盧繆應鄧單諸陸龔劉葉龍"
    "賴喬闻譚勞燕連習簡饒關況曾廣師鞏聶"
)
_COLUMNS = ("手记", "观察", "调查", "探访", "走访", "体验", "日记", "来信", "节", "证", "站", "团", "协会", "从", "在", "了解")
_ROLE = (
    r"(?:(?:首席|见习|实习|特约|特派|全媒体|融媒体|融媒|驻站)*(?:记者|通讯员|评论员)|实习生|撰稿人?|撰文"
    r"|采写|作者|文字|整理|统筹|报道组)"
)
_WRITER = re.compile(rf"^(?P<outlet>[A-Za-z\u4e00-\u9fff·]{{0,16}}?){_ROLE}(?P<rest>[\u4e00-\u9fff·]{{0,8}})$")
_MARKER = re.compile(
    r"^(?P<who>[\u4e00-\u9fff·]{0,8}?)(?P<what>摄影报道|图文报道|综合报道|供图|提供|摄影|摄|文图|图文|报道|供稿|制图|绘图|图片|文|图)$"
)
_NAME = re.compile(r"^[\u4e00-\u9fff]{1,4}(?:·[\u4e00-\u9fff]{1,6})?$|^[A-Za-z][A-Za-z .]{1,20}$")
_SOURCE = re.compile(r"^(?:来源|文章来源|信息来源|稿源|转自)[：:]?\s*(?P<outlet>[^\s：:]{0,24})$")
_SEPARATORS = re.compile(r"[\s、/／|｜：:&＆,，]+")
_ORNAMENTS = re.compile(r"^[□■◎●◆○★▲☐\s（(【\[]+|[）)】\]\s]+$")
_MOMENT = re.compile(
    r"(?:发布时间|发布日期|发表时间|更新时间|时间|日期)?[：:]?\s*(?:19|20)\d{2}[-年./]\d{1,2}[-月./]\d{1,2}日?"
    r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_SENTENCE = re.compile(r"[。！？；!?;“”]")
_PICTURE = {"供图", "提供", "摄影", "摄", "制图", "绘图", "图片", "图"}
_BOTH = {"文图", "图文", "摄影报道", "图文报道"}


class _People:
    """Gathers writers and photographers while the parts of a byline are read from left to right."""

    def __init__(self, marker_first: bool) -> None:
        self.writers: list[str] = []
        self.photo: list[str] = []
        self.outlet: str | None = None
        self.roles = 0
        self.markers = 0
        self._marker_first = marker_first
        self._active: set[str] = set()
        self._pending: list[str] = []
        self._assigned = False

    def name(self, name: str) -> None:
        if self._marker_first and self._active:
            self._assign([name], self._active)
            self._assigned = True
            return
        if self._assigned:
            self._pending, self._assigned = [], False
        self._pending.append(name)

    def writer(self, outlet: str) -> None:
        self.roles += 1
        self.outlet = self.outlet or outlet or None
        if not self._marker_first:
            self._flush()

    def marker(self, kinds: set[str], who: str) -> None:
        self.markers += 1
        if who:
            self._flush()
            self._assign([who], kinds)
        elif self._marker_first:
            self._active = kinds if self._assigned else self._active | kinds
            self._assigned = False
        else:
            self._assign_pending(kinds)

    def _assign_pending(self, kinds: set[str]) -> None:
        names = self._pending
        if kinds == {"photo"} and len(names) > 1 and not self._assigned:
            self.writers += names[:-1]
            names = names[-1:]
        self._assign(names, kinds)
        self._assigned = True

    def _assign(self, names: list[str], kinds: set[str]) -> None:
        for kind, people in (("text", self.writers), ("photo", self.photo)):
            if kind in kinds:
                people += [name for name in names if name not in people]

    def _flush(self) -> None:
        if not self._assigned:
            self.writers += [name for name in self._pending if name not in self.writers]
        self._pending, self._assigned = [], False

    def finish(self) -> None:
        self._flush()


def parse_byline(text: str) -> Byline | None:
    """Read a line as a byline or picture credit, or return None where it is neither.

    A credit names photographers only: it has no reporters and no outlet, but a `photo`.
    """
    if not 2 <= len(text) <= 70 or _SENTENCE.search(text):
        return None
    plain = _ORNAMENTS.sub("", fold(text))
    timeless = _MOMENT.sub(" ", plain)
    tokens = _joined_sources([token for token in _SEPARATORS.split(timeless) if token])
    if not tokens:
        return None
    people = _People(marker_first=_is_bare_marker(tokens[0]))
    if not all(_read(token, people) for token in tokens):
        return None
    people.finish()
    if not _is_byline(people):
        return None
    return Byline(
        raw=text,
        reporters=tuple(people.writers),
        photo="、".join(people.photo) or None,
        outlet=people.outlet,
    )


def _is_byline(people: _People) -> bool:
    if people.roles:
        return bool(people.writers or people.photo or people.outlet)
    return people.markers > 0 and bool(people.writers or people.photo)


def is_credit(byline: Byline) -> bool:
    """Say whether a byline credits a picture only, and so belongs to it and not to the article."""
    return not byline.reporters and byline.photo is not None


def merge_bylines(bylines: list[Byline]) -> Byline | None:
    """Make one byline of the lines of an article; `raw` keeps each on a line of its own."""
    if not bylines:
        return None
    reporters = dict.fromkeys(name for byline in bylines for name in byline.reporters)
    photos = dict.fromkeys(byline.photo for byline in bylines if byline.photo)
    return Byline(
        raw="\n".join(byline.raw for byline in bylines),
        reporters=tuple(reporters),
        photo="、".join(photos) or None,
        outlet=next((byline.outlet for byline in bylines if byline.outlet), None),
    )


def _joined_sources(tokens: list[str]) -> list[str]:
    """Put a source back together with its name: 来源 新华网 is one part."""
    joined: list[str] = []
    for token in tokens:
        if joined and _SOURCE.match(joined[-1]) and len(joined[-1]) <= 4:
            joined[-1] += "：" + token
        else:
            joined.append(token)
    return joined


def _is_bare_marker(token: str) -> bool:
    found = _MARKER.match(token)
    return found is not None and not found["who"]


def _read(token: str, people: _People) -> bool:
    """Take one part of a byline in; False where it can be none."""
    source = _SOURCE.match(token)
    if source:
        people.roles += 1
        people.outlet = people.outlet or source["outlet"] or None
        return True
    marker = _MARKER.match(token)
    if marker and (not marker["who"] or _is_party(marker["who"], marker["what"])):
        people.marker(_kinds(marker["what"]), marker["who"])
        return True
    writer = _WRITER.match(token)
    if writer:
        return _read_writer(writer, people)
    if _is_name(token):
        people.name(token)
        return True
    return False


def _read_writer(writer: re.Match[str], people: _People) -> bool:
    rest = writer["rest"]
    if rest.startswith(_COLUMNS) or rest.endswith(_COLUMNS[:8]):
        return False
    if writer["outlet"].endswith(("小", "位", "名", "对", "向", "与", "和", "的")):
        return False
    people.writer(writer["outlet"])
    if not rest:
        return True
    return _read_attached(rest, people)


def _read_attached(rest: str, people: _People) -> bool:
    """Read names that stand right after 记者, without a space: 记者沈悦, 记者沈悦社区供图."""
    if rest[0] not in _SURNAMES:
        return False
    if len(rest) <= 3:
        people.name(rest)
        return True
    for length in (3, 2):
        marker = _MARKER.match(rest[length:])
        if marker and (not marker["who"] or not _is_name(marker["who"]) or len(marker["who"]) == 2):
            people.name(rest[:length])
            people.marker(_kinds(marker["what"]), marker["who"])
            return True
    if len(rest) == 4:
        people.name(rest)
        return True
    return False


def _kinds(what: str) -> set[str]:
    if what in _BOTH:
        return {"text", "photo"}
    return {"photo"} if what in _PICTURE else {"text"}


def _is_party(who: str, what: str) -> bool:
    """Say whether a picture or text may come from them: 王强 摄, 社区供图, 受访者提供."""
    if what in {"文", "图", "报道", "综合报道"}:
        return who[0] in _SURNAMES and len(who) <= 4
    return len(who) >= 2


def _is_name(token: str) -> bool:
    if not _NAME.match(token):
        return False
    return len(token) <= 3 or token[0] in _SURNAMES or "·" in token or token.isascii()
