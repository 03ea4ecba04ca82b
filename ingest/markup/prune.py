"""Takes out of a page what no reader of it sees, or reads: code, buttons, hidden text."""

import re
from collections.abc import Callable

from ingest.markup.style import has_ground, hidden_names, hides, is_white, style_of
from ingest.markup.tree import Element, drop, elements, names_of, prose_of_all, text_of

_CODE = ("script", "style", "template", "noscript", "head", "svg", "math", "object", "canvas")
_TOOLS = (
    "nav", "footer", "aside", "button", "select", "option", "textarea", "input", "dialog", "menu",
    "iframe", "video", "audio", "map",
)  # fmt: skip
# Whole words of a class or an id: what stands round the text of an article, and is none of it.
_ROUND = re.compile(
    r"(?:^|[\s_-])(?:share|shares|sharing|bshare|bdsharebuttonbox|social|related?|relate|rel|recommend\w*|qr|qrcode|ewm"
    r"|erweima|copyright|footer|foot|navi?|navbar|crumbs?|breadcrumbs?|bread|comments?|pinglun|sidebar|toolbar|tools"
    r"|ads?|advert\w*|pagination|pager|page-?link|post-navigation|prev|next|pre-?next|hot|rank(?:ing)?|tags?|taglist"
    r"|cookie\w*|subscribe|newsletter|popup|modal|login|fontsize|font-size|reward|like-?btn|jubao|jiucuo"
    r"|mwzt|xgxw|xgyd|tuijian|fenxiang|shoucang|guanzhu)(?=$|[\s_-]|\d)"
)
_MOST_SHOWN = 20_000


def prune_code(root: Element) -> str:
    """Take out what is no text of the page, and return its style sheets.

    The head goes too: read what is wanted of it first.
    """
    sheet = "\n".join(element.text or "" for element in elements(root, "style"))
    for element in list(elements(root, *_CODE)):
        drop(element)
    return sheet


def prune_tools(root: Element, keep: Element | None = None) -> None:
    """Take out what stands round an article: menus, buttons, shares, lists of others.

    What holds much of the text is no tool, whatever it is called; nor is what `keep` stands in.
    """
    kept = {keep, *keep.iterancestors()} if keep is not None else set()
    length = prose_of_all(root)

    def is_tool(element: Element) -> bool:
        if element is root or element in kept or element.tag in {"html", "body", "a"}:
            return False
        if element.tag in _TOOLS:
            return True
        small = length[element] < max(0.4 * length[root], 1)
        return small and _ROUND.search(names_of(element)) is not None

    for element in _outermost(root, is_tool):
        drop(element)


def prune_hidden(
    root: Element, sheet: str = "", *, spared: frozenset[Element] = frozenset()
) -> str:
    """Take out text that nobody can see, and return it for the log.

    Args:
        root: of the page; where all of it is hidden, a program shows it, so that is not asked.
        sheet: style sheets of the page.
        spared: elements that are shown though their style hides them, for a program shows them.
    """
    names = hidden_names(sheet)
    grounds: dict[Element, bool] = {}

    def is_hidden(element: Element) -> bool:
        style = style_of(element)
        grounds[element] = grounds.get(element.getparent(), False) or has_ground(style, element)
        if element in spared or element.tag in {"html", "body"}:
            return False
        if element.get("hidden") is not None or hides(style) or _is_named(element, names):
            return True
        # White shows on a colour or a picture that lies below it.
        return is_white(style, element) and not grounds[element]

    shown: list[str] = []
    for element in _outermost(root, is_hidden):
        shown.append(text_of(element))
        drop(element)
    return "\n".join(text for text in shown if text)[:_MOST_SHOWN]


def _outermost(root: Element, fits: Callable[[Element], bool]) -> list[Element]:
    """Return the elements that fit, but for those within others that do."""
    from lxml import etree

    found: list[Element] = []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if fits(element):
            found.append(element)
            walk.skip_subtree()
    return found


def _is_named(element: Element, names: frozenset[str]) -> bool:
    if not names:
        return False
    own = [f".{name}" for name in (element.get("class") or "").split()]
    return bool(names.intersection([*own, f"#{element.get('id')}"]))
