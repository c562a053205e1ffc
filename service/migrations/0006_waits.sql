-- The ways that take seven days: at most one of each kind an account. A row that
-- ended stays, so that whoever was told no can't ask again at once.
create table waits (
    account bytea not null,
    lost text not null,
    -- changes with every asking; mails name it
    id bytea not null unique,
    -- the device of old that asked
    asker bytea,
    -- what the account was when it was asked for
    base bytea not null,
    -- what takes effect, as JSON; gone when it ended
    brings text not null,
    asked_at bigint not null,
    state text not null,
    ended_at bigint not null,
    primary key (account, lost)
);
create index waits_by_state on waits (state, asked_at);

-- What the account was when a code was asked for that rests on more than the code.
alter table portal_codes add column base bytea;

-- When the address was last said to be the person's own; 0: since the account is there.
alter table accounts add column confirmed_at bigint not null default 0;
