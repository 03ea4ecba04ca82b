"""What bylines are read with: surnames, roles, marks, outlets; and who gathers the people."""

import re

SURNAMES = frozenset(
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
COLUMNS = ("手记", "观察", "调查", "探访", "走访", "体验", "日记", "来信")
"""What 记者 forms the name of a column with, before or behind other words."""

NO_NAMES = ("节", "证", "站", "团", "协会", "从", "在", "了解")
"""What follows 记者 without being a name."""

ROLE = (
    r"(?:(?:首席|见习|实习|特约|特派|全媒体|融媒体|融媒|驻站)*(?:记者|通讯员|评论员)|实习生|撰稿人?|撰文"
    r"|采写|作者|文字|整理|统筹|报道组)"
)
WRITER = re.compile(
    rf"^(?P<outlet>[A-Za-z\u4e00-\u9fff·]{{0,16}}?){ROLE}(?P<rest>[\u4e00-\u9fff·]{{0,8}})$"
)
MARKER = re.compile(
    r"^(?P<who>[\u4e00-\u9fff·]{0,8}?)(?P<what>摄影报道|图文报道|综合报道|供图|提供|摄影|摄|文图|图文|报道|供稿|制图|绘图|图片|文|图)$"
)
NAME = re.compile(r"^[\u4e00-\u9fff]{1,4}(?:·[\u4e00-\u9fff]{1,6})?$|^[A-Za-z][A-Za-z .]{1,20}$")
SOURCE = re.compile(r"^(?:来源|文章来源|信息来源|稿源|转自)[：:]?\s*(?P<outlet>[^\s：:]{0,24})$")
SEPARATORS = re.compile(r"[\s、/／|｜丨：:&＆,，]+")
ORNAMENTS = re.compile(r"^[^\w“‘《]+|[）)】\]\s]+$")
MOMENT = re.compile(
    r"(?:发布时间|发布日期|发表时间|更新时间|时间|日期)?[：:]?\s*(?:19|20)\d{2}[-年./]\d{1,2}[-月./]\d{1,2}日?"
    r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)
SENTENCE = re.compile(r"[。！？；!?;“”]")
OUTLET = re.compile(
    r"^[\u4e00-\u9fffA-Za-z]{1,12}(?:日报|晚报|时报|晨报|都市报|商报|周报|社区报|新闻|网|社|电视台|传媒|客户端|融媒体中心)$"
)
LATIN = re.compile(r"^By (?P<who>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})$")
# How a post on WeChat is headed in print: 原创, its author, the account, the moment.
POSTED = re.compile(
    rf"^原创\s*(?P<who>[\u4e00-\u9fff·]{{2,6}})\s+(?P<outlet>\S{{2,20}})\s+{MOMENT.pattern}(?:\s*发表于\S{{2,6}})?$"
)
BOTH_MARKS = re.compile(r"(文|图|圖)\s*[/／、]\s*(图|圖|文)(?!字)")
NO_PARTY = ("本文", "本版", "文中", "以上", "均", "除署名外")
NO_GIVER = re.compile(r"^(?:本文|本版|文中|以上|除署名外).*|^(?:图片)?由")
PICTURE = {"供图", "提供", "摄影", "摄", "制图", "绘图", "图片", "图"}
BOTH = {"文图", "图文", "摄影报道", "图文报道"}
PARTY = re.compile(
    r"^[\u4e00-\u9fff]{1,14}(?:社区|街道|[镇乡村局]|居委会|村委会|委员会|党委|支部|办事处|办公室|中心|服务站"
    r"|派出所|[支大]队|学校|小学|中学|幼儿园|医院|公司|协会|商会|志愿者)$"
)
"""A giver of pictures or texts that is no person."""

_DUTY = (
    r"(?:(?:本版|值班|执行|本期|[一二三][审校]|[初复终]审)?(?:责任编辑|责任校对|编辑|责编|编委|总编|美编|图编|主编|版式(?:设计)?"
    r"|校对|审核|审校|审定|签发|监制|视觉(?:设计)?|美术(?:编辑|设计)|图片编辑|编审|总值班|组版|设计|排版)|[一二三][审校]|[初复终]审)"
)
_SURNAME = f"[{''.join(sorted(SURNAMES))}]"
# After a colon any name; without one only what begins as a name and ends there, for 设计 and the
# like begin headlines, too.
STAFF_ITEM = (
    rf"{_DUTY}(?:\s*[：:/／|｜丨]\s*(?:[\u4e00-\u9fff]{{2,12}}(?:社区|街道|中心|办公室|[办室部局科])(?![\u4e00-\u9fff])"
    rf"|[\u4e00-\u9fff·]{{2,4}})"
    rf"|[ \u3000]*{_SURNAME}[\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff]))"
    rf"(?:[ \u3000、]+(?!{_DUTY}){_SURNAME}[\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff：:/／|｜丨]))*"
)
"""A duty of the editors with the names it comes with."""

# What a web page prints in the same line as author and source.
ASIDE = re.compile(
    rf"{STAFF_ITEM}|[【\[(（]?(?:字号|字体|大小)[：:]?\s*[【\[(（]?(?:[大中小+\-][\s/|]*){{2,3}}[】\])）]?"
    r"|(?:浏览|阅读|点击|访问|评论)(?:次数|人数|量|数)?[：:]?\s*[(（]?\d[\d,.]*[万+]*[次人)）]*"
)


def kinds_of(what: str) -> set[str]:
    """Say what a marker is for: text, photo or both."""
    if what in BOTH:
        return {"text", "photo"}
    return {"photo"} if what in PICTURE else {"text"}


class People:
    """Gathers writers and photographers while the parts of a byline are read from left to right."""

    def __init__(self, marker_first: bool) -> None:
        """Begin; `marker_first` says that a mark stands before its people: 文/某某."""
        self.writers: list[str] = []
        self.photo: list[str] = []
        self.outlet: str | None = None
        self.roles = 0
        self.markers = 0
        self.leads = False
        self._marker_first = marker_first
        self._active: set[str] = set()
        self._pending: list[str] = []
        self._assigned = False

    def name(self, name: str) -> None:
        """Take in a name."""
        if self._marker_first and self._active:
            self._assign([name], self._active)
            self._assigned = True
            return
        if self._assigned:
            self._pending, self._assigned = [], False
        self._pending.append(name)

    def writer(self, outlet: str) -> None:
        """Take in a role such as 记者, with the outlet before it."""
        self.roles += 1
        self.outlet = self.outlet or outlet or None
        if not self._marker_first:
            self.flush()

    def marker(self, kinds: set[str], who: str) -> None:
        """Take in a mark such as 摄, with a name that stands right before it."""
        self.markers += 1
        if who:
            self.flush()
            self._assign([who], kinds)
        elif self.leads and not self._marker_first:
            if not self._assigned:
                self.flush()
            self._marker_first, self._active = True, kinds
        elif self._marker_first:
            self._active = kinds if self._assigned else self._active | kinds
            self._assigned = False
        else:
            self._assign_pending(kinds)

    def party(self, name: str) -> bool:
        """Take in an institution; it gives pictures, or a text, and then is its outlet."""
        if self.roles and not (self._marker_first or self.writers or self._pending):
            self.outlet = self.outlet or name
            return True
        if not self._marker_first or not self._active:
            return False
        if "text" in self._active:
            self.roles += 1
            self.outlet = self.outlet or name
        self._assign([name], self._active - {"text"})
        self._assigned = True
        return True

    def _assign_pending(self, kinds: set[str]) -> None:
        names = self._pending
        if kinds == {"text", "photo"} and not self._assigned:
            names = [*self.writers, *names]
        if kinds == {"photo"} and len(names) > 1 and not self._assigned:
            self.writers += names[:-1]
            names = names[-1:]
        self._assign(names, kinds)
        self._assigned = True

    def _assign(self, names: list[str], kinds: set[str]) -> None:
        for kind, people in (("text", self.writers), ("photo", self.photo)):
            if kind in kinds:
                people += [name for name in names if name not in people]

    def flush(self) -> None:
        """Make writers of the names that no mark has claimed."""
        if not self._assigned:
            self.writers += [name for name in self._pending if name not in self.writers]
        self._pending, self._assigned = [], False
