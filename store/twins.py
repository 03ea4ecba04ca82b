"""Articles that are alike, and what they were compared by. Both go when an article goes."""

import sqlite3
from collections.abc import Iterable, Sequence

from store.catalog import marks, sliced
from store.ids import ArticleId
from store.likeness import Signature, Twin, TwinKind

_NAMED = 3  # articles whose ids are told, of several

_TOLD = {  # the telling ones first
    TwinKind.CORRECTION: "内容相近，数字不同，请核对。",
    TwinKind.NEAR: "内容相近。",
    TwinKind.SAME: "是同一篇，都保留。",
}


def put(
    connection: sqlite3.Connection, signatures: Iterable[Signature], twins: Iterable[Twin]
) -> None:
    """Write signatures and twins of articles that are there; those of others are passed over."""
    connection.executemany(
        "insert or replace into article_signature (article_id, method, grams, minhash) "
        "select ?1, ?2, ?3, ?4 where exists (select 1 from article where id = ?1)",
        ((one.article_id, one.method, one.grams, one.values) for one in signatures),
    )
    connection.executemany(
        "insert or replace into article_twin (article_id, other_id, kind, containment) "
        "select ?1, ?2, ?3, ?4 where (select count(*) from article where id in (?1, ?2)) = 2",
        # One row a pair, whichever side was compared with the other.
        ((*sorted((t.article_id, t.other_id)), t.kind, t.containment) for t in twins),
    )


def of(connection: sqlite3.Connection, article_id: ArticleId) -> tuple[Twin, ...]:
    """Return the twins of an article, seen from it, the most alike first."""
    rows = connection.execute(
        "select other_id, kind, containment from article_twin where article_id = ?1 union all "
        "select article_id, kind, containment from article_twin where other_id = ?1 "
        "order by containment desc, 1",
        (article_id,),
    )
    return tuple(
        Twin(article_id=article_id, other_id=other, kind=TwinKind(kind), containment=share)
        for other, kind, share in rows
    )


def signatures(connection: sqlite3.Connection, method: str) -> tuple[Signature, ...]:
    """Return every signature that was made by a method, in the order of the articles' ids."""
    rows = connection.execute(
        "select article_id, method, grams, minhash from article_signature where method = ? "
        "order by article_id",
        (method,),
    )
    return tuple(
        Signature(article_id=key, method=made, grams=grams, values=values)
        for key, made, grams, values in rows
    )


def unsigned(connection: sqlite3.Connection, method: str) -> tuple[ArticleId, ...]:
    """Return the articles that have no signature made by a method."""
    rows = connection.execute(
        "select a.id from article a left join article_signature s "
        "on s.article_id = a.id and s.method = ? where s.article_id is null order by a.id",
        (method,),
    )
    return tuple(ArticleId(key) for (key,) in rows)


def notes(connection: sqlite3.Connection, twins: Sequence[Twin]) -> tuple[str, ...]:
    """Tell the user what articles are like, those whose figures differ first.

    A sentence for each article and kind: it names the other article, or says how many there are.
    """
    ids = sorted({key for twin in twins for key in (twin.article_id, twin.other_id)})
    heads = {
        key: (headline, report)
        for part in sliced(ids)
        for key, headline, report in connection.execute(
            f"select id, headline, report_id from article where id in ({marks(part)})", part
        )
    }
    there = [twin for twin in twins if {twin.article_id, twin.other_id} <= heads.keys()]
    told = []
    for kind, said in _TOLD.items():
        others: dict[ArticleId, list[ArticleId]] = {}
        for twin in there:
            if twin.kind is kind:
                others.setdefault(twin.article_id, []).append(twin.other_id)
        for own, found in others.items():
            headline, report = heads[own]
            same = all(heads[other][1] == report for other in found)
            where = "同一份报道里的" if same else "已收入的"
            if len(found) == 1:
                what = f"《{heads[found[0]][0]}》（{found[0]}）"
            else:
                some = "、".join(found[:_NAMED]) + "等" * (len(found) > _NAMED)
                what = f" {len(found)} 篇文章（{some}）"
            told.append(f"《{headline}》与{where}{what}{said}")
    return tuple(told)
