"""Pages set in type by code for the layout tests: in points, with text of no meaning."""

from collections.abc import Sequence

from ingest.layout.lines import lines_of
from ingest.layout.printed import Printed, PrintedPage, Rectangle
from ingest.reading import Line, Role

EM = 10.0
WORDS = (
    "社区居民在院子里商量停车和电梯的事情大家轮流发言有人记录每个月公布一次结果"
    "老人孩子和年轻人都来参加食堂花园图书角路灯一件一件办下去街坊慢慢熟悉起来"
)


class Sheet:
    """A page that is filled piece by piece; each text is told apart by its first character."""

    def __init__(self, width: float = 800.0, height: float = 1000.0) -> None:
        """Begin an empty page."""
        self.size = (width, height)
        self.lines: list[Printed] = []
        self.frames: list[Rectangle] = []
        self.pictures: list[Rectangle] = []

    def line(self, text: str, x: float, y: float, em: float = EM, *, bold: bool = False) -> None:
        """Set one line with its upper left corner at a point."""
        width = sum(0.5 if character < "\u2000" else 1.0 for character in text) * em
        self.lines.append(Printed(text=text, x0=x, y0=y, x1=x + width, y1=y + em, em=em, bold=bold))

    def upright(self, text: str, x: float, y: float, em: float) -> None:
        """Set one line from top to bottom."""
        self.lines.append(
            Printed(text=text, x0=x, y0=y, x1=x + em, y1=y + em * len(text), em=em, vertical=True)
        )

    def column(self, texts: Sequence[str], x: float, y: float, cells: int, em: float = EM) -> float:
        """Set paragraphs, indented by two characters unless they begin with "+"; return its end."""
        for text in texts:
            rest, indent = (text[1:], 0) if text.startswith("+") else (text, 2)
            while rest:
                part, rest = rest[: cells - indent], rest[cells - indent :]
                self.line(part, x + indent * em, y, em)
                y, indent = y + 1.5 * em, 0
        return y

    def page(self) -> PrintedPage:
        """Return the page; what was set last comes first, for order must not matter."""
        return PrintedPage(
            number=1,
            width=self.size[0],
            height=self.size[1],
            lines=tuple(reversed(self.lines)),
            frames=tuple(self.frames),
            pictures=tuple(self.pictures),
        )

    def read(self) -> tuple[Line, ...]:
        """Return the lines of the page in reading order."""
        return lines_of(self.page())


def paragraph(mark: str, length: int = 60) -> str:
    """Return a paragraph that begins with a mark and ends with a full stop."""
    return (mark + WORDS * 4)[: length - 1] + "。"


def blocks(lines: Sequence[Line], role: Role | None = None) -> list[str]:
    """Return what the lines of one role make, joined as they say: captions leave nothing out."""
    found: list[str] = []
    for line in lines:
        if line.role is not role:
            continue
        if line.joins and found:
            found[-1] += line.text
        else:
            found.append(line.text)
    return found
