"""Places: the short token in a chip's address that says which words of which article it cites.

A token carries all that is needed to find the words again, so a chip of any earlier turn works
for as long as its page is open, also across a restart of the server. Its check digits tell when
the article has since changed and the offsets mean other words.
"""

import re
from dataclasses import dataclass
from typing import Self

from assistant.records import Citation
from store.ids import ArticleId, digest

_TOKEN = re.compile(r"(\d{1,3})-(\w{1,40})-(\d{1,7})-(\d{1,7})-([0-9a-f]{8})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The words `start` to `end` of an article, cited as `label`; `check` is their digest."""

    label: int
    article_id: ArticleId
    start: int
    end: int
    check: str

    @property
    def token(self) -> str:
        """The place as text, safe in an address: label-article-start-end-check."""
        return f"{self.label}-{self.article_id}-{self.start}-{self.end}-{self.check}"

    @classmethod
    def parse(cls, token: str) -> Self | None:
        """Read a token, or return None where it is not one."""
        match = _TOKEN.fullmatch(token)
        if match is None:
            return None
        label, article, start, end, check = match.groups()
        return cls(
            label=int(label),
            article_id=ArticleId(article),
            start=int(start),
            end=int(end),
            check=check,
        )

    def fits(self, body: str) -> bool:
        """Say whether the article's body still has the cited words at this place."""
        quote = body[self.start : self.end]
        return bool(quote) and digest(quote, length=8) == self.check


def place_of(citation: Citation) -> Place:
    """Return the place that a citation quotes."""
    return Place(
        label=citation.label,
        article_id=citation.article_id,
        start=citation.start,
        end=citation.end,
        check=digest(citation.quote, length=8),
    )
