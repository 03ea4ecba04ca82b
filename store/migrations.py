"""How the catalog's tables came to be: one step a version, each run once on every catalog.

A new catalog runs all steps, an old one those that it has not had, in one transaction: a kill in
the middle leaves it as it was. To add a step:

1. Append a script to STEPS; never change an earlier one, people's catalogs were made by it.
2. Only add (tables, indexes, columns that are null or have a default); what is to be moved is
   copied in the same script before the old place is dropped. Nothing kept is lost.
3. A version of a report that was put aside is packed with the columns of its day
   (store.versions): columns added since come back from it as null, so serialise must read that.
4. Put a catalog written by the program as it was before into tests/store/data; tests/store/
   test_migrations.py opens every one of them.
"""

TOKENIZER = "unicode61 remove_diacritics 0 tokenchars '.%'"
"""Our tokens come apart by spaces: with these settings FTS5 keeps each of them as one token."""

_FIRST = f"""
create table manifest (name text primary key, value text not null) without rowid;

create table report (
    id text primary key,
    path text not null unique,
    title text not null,
    publisher text,
    series text,
    printed_date text,
    page_label text,
    year_hint text,
    fingerprint text not null,
    format text not null,
    version integer not null,
    added_at text not null
);
create index report_fingerprint on report (fingerprint);

create table article (
    id text primary key,
    report_id text not null references report (id) on delete cascade,
    ordinal integer not null,
    headline text not null,
    label text,
    community text,
    district text,
    body text not null,
    details text not null,
    fingerprint text not null
);
create index article_report on article (report_id, ordinal);
create index article_community on article (community);
create index article_district on article (district);

create table sentence (
    article_id text not null references article (id) on delete cascade,
    ordinal integer not null,
    first integer not null,
    beyond integer not null,
    kind text not null,
    section integer not null,
    paragraph integer not null,
    boxes text,
    primary key (article_id, ordinal)
) without rowid;

create table passage (
    number integer primary key,
    id text not null unique,
    article_id text not null references article (id) on delete cascade,
    report_id text not null,
    ordinal integer not null,
    kind text not null,
    first integer not null,
    beyond integer not null,
    text text not null,
    context text not null,
    first_sentence integer not null,
    beyond_sentence integer not null,
    text_hash text not null,
    normal text not null,
    token_count integer not null
);
create index passage_article on passage (article_id, ordinal);
create index passage_report on passage (report_id);
create index passage_text_hash on passage (text_hash);

create virtual table passage_fts using fts5 (tokens, tokenize = "{TOKENIZER}");
create virtual table passage_term using fts5vocab (passage_fts, 'row');
create trigger passage_gone after delete on passage begin
    delete from passage_fts where rowid = old.number;
end;

create table vector (
    text_hash text not null,
    build text not null,
    vector blob not null,
    unique (text_hash, build)
);

create table owed (
    passage_id text primary key,
    action text not null check (action in ('upsert', 'delete'))
) without rowid;

create table turn (
    conversation_id text not null,
    ordinal integer not null,
    question text not null,
    answer text not null,
    standalone text not null,
    asked_at text not null,
    primary key (conversation_id, ordinal)
) without rowid;
"""

_VERSIONS_PAGES_TWINS = """
alter table sentence add column confidence real;

-- Of every version of a report, so that a switch of versions moves no pictures.
create table page_image (
    report_id text not null,
    version integer not null,
    page integer not null,
    width integer not null,
    height integer not null,
    data blob not null,
    primary key (report_id, version, page)
);

-- Versions put aside. One without contents was a file that said what another report says.
create table report_version (
    report_id text not null,
    version integer not null,
    title text not null,
    fingerprint text not null,
    articles integer not null,
    put_aside_at text not null,
    contents blob,
    primary key (report_id, version)
);

create table article_signature (
    article_id text primary key references article (id) on delete cascade,
    method text not null,
    grams integer not null,
    minhash blob not null
) without rowid;

create table article_twin (
    article_id text not null references article (id) on delete cascade,
    other_id text not null references article (id) on delete cascade,
    kind text not null,
    containment real not null,
    primary key (article_id, other_id)
) without rowid;
create index article_twin_other on article_twin (other_id);
"""

_FEEDBACK = """
-- What a visitor thinks of an answer: gone with the turn that it is about.
create table feedback (
    conversation_id text not null,
    ordinal integer not null,
    vote text not null check (vote in ('up', 'down')),
    comment text not null,
    voted_at text not null,
    status text not null,
    model text not null,
    cited text not null,
    primary key (conversation_id, ordinal),
    foreign key (conversation_id, ordinal)
        references turn (conversation_id, ordinal) on delete cascade
) without rowid;
"""

STEPS = (_FIRST, _VERSIONS_PAGES_TWINS, _FEEDBACK)
"""What makes version 1 of an empty catalog, version 2 of version 1, and so on."""
