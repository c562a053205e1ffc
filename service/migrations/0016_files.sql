-- Files of items, by their names and the name of the key that they are sealed
-- under: another try at the same epoch seals under another key.
create table files (
    account bytea not null,
    file bytea not null,
    files_key bytea not null,
    vault bytea not null,
    epoch bigint not null,
    -- bytes before sealing, and what they count for
    size bigint not null,
    bytes bigint not null,
    chunks bigint not null,
    -- chunks that are there
    stored bigint not null,
    touched_at bigint not null,
    -- 0 while an item may name it
    released_at bigint not null,
    primary key (account, file, files_key)
);
create index files_by_epoch on files (account, vault, epoch);

create table chunks (
    account bytea not null,
    file bytea not null,
    files_key bytea not null,
    place bigint not null,
    chunk bytea not null,
    primary key (account, file, files_key, place)
);
