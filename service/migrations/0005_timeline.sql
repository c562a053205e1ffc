-- What happened in each account, chained: sigill_core::confirmation::timeline.
-- Rows are only added; nothing but the two last columns ever changes.
create table timeline (
    account bytea not null,
    seq bigint not null,
    at bigint not null,
    device bytea,
    event text not null,
    operation bytea,
    digest bytea,
    hash bytea not null,
    -- a salted commitment of the network address, for 90 days; not part of the chain
    address_salt bytea,
    address bytea,
    primary key (account, seq)
);
create index timeline_by_time on timeline (at);

-- Sessions of new devices that gave the account password to read it.
create table timeline_readers (
    session bytea primary key not null,
    until bigint not null
);

-- The network address that a notice names: there until the mail has left.
alter table outbox add column address text;
