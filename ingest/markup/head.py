"""Reads what the head of a page says of it: title, site, date, address."""

import re
from dataclasses import dataclass
from datetime import date

from ingest.markup.tree import Element, elements, text_of
from ingest.masthead import find_date, is_masthead
from store.text import clean

_DATES = (
    "article:published_time", "og:article:published_time", "pubdate", "publishdate",
    "publish_time", "publishtime", "publish-date", "og:release_date", "datepublished",
    "dc.date.issued", "release-date", "weibo:article:create_at",
)  # fmt: skip
_SOURCES = ("contentsource", "source", "mediaid", "article:source")
_BETWEEN = re.compile(r"\s*(?:_|\||｜|--+|——|»|›)\s*|\s+[-–—·]\s+")
_ADDRESS_DATE = re.compile(
    r"/(?P<year>20\d\d)[-/]?(?P<month>[01]\d)[-/]?(?P<day>[0-3]\d)(?=[/_.-]|$)|[/_]t?(?P<packed>20\d{6})_\d"
)
_CREATED = re.compile(r"createTime\s*=\s*['\"](20\d\d-\d\d-\d\d)[ '\"]")
_NO_TITLE = re.compile(r"^.{0,3}$|^(?:无标题|未命名|新建|untitled|document|word)", re.IGNORECASE)
_SITE = re.compile(r"(?:网|网站|报|在线|客户端|门户|政府|频道|中心|论坛|传媒|发布|公众号|博客)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page's head says.

    Attributes:
        title: the title of the article in it, without the site's name; empty where it has none.
        site: the name of the site or paper, if it is named.
        source: where the text was taken from, if that is named.
        date: the full date of publication as the page states it, YYYY-MM-DD.
    """

    title: str = ""
    site: str | None = None
    source: str | None = None
    date: str | None = None


def read_head(root: Element) -> Head:
    """Read the head of a page that still has it."""
    metas = _metas(root)
    printed = next((text_of(title) for title in elements(root, "title")), "")
    site = metas.get("og:site_name") or metas.get("application-name")
    parts = [part.strip() for part in _BETWEEN.split(_cut_site(printed, site)) if part.strip()]
    named = [part for part in parts if part == site or _is_site(part)]
    title = max((part for part in parts if part not in named), key=len, default="")
    dated = next((found for key in _DATES if (found := find_date(metas.get(key, "")))), None)
    return Head(
        title=_real(metas.get("og:title") or title),
        site=site or next(iter(named), None),
        source=next((metas[key] for key in _SOURCES if metas.get(key)), None),
        date=find_date(printed) or dated or _created(root) or _address_date(root, metas),
    )


def _real(title: str) -> str:
    """Return a title, unless it is what programs write where nobody gave one."""
    text = clean(title).strip()
    return "" if _NO_TITLE.match(text) else text


def _metas(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in elements(root, "meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        found.setdefault(name.lower(), clean(meta.get("content") or "").strip()[:300])
    return found


def _cut_site(title: str, site: str | None) -> str:
    """Set the site's name behind a single hyphen apart: only there a hyphen is no part of it."""
    front, hyphen, name = title.rpartition("-")
    return f"{front}_{name}" if hyphen and (name.strip() == site or _is_site(name)) else title


def _is_site(part: str) -> bool:
    text = part.strip()
    return is_masthead(text) or (len(text) <= 14 and _SITE.search(text) is not None)


def _created(root: Element) -> str | None:
    """Return the date that a program of the page prints on it."""
    scripts = (script.text or "" for script in elements(root, "script"))
    found = next((date for text in scripts if (date := _CREATED.search(text[:200_000]))), None)
    return found[1] if found else None


def _address_date(root: Element, metas: dict[str, str]) -> str | None:
    """Return the date that the page's own address is made of."""
    links = (
        link.get("href") or "" for link in elements(root, "link") if link.get("rel") == "canonical"
    )
    for address in (metas.get("og:url", ""), *links):
        found = _ADDRESS_DATE.search(address)
        if not found:
            continue
        digits = found["packed"] or found["year"] + found["month"] + found["day"]
        try:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
        except ValueError:
            continue
    return None
