-- When who asked for a way was last told no: a way has one row, and another
-- asking takes its place.
create table wait_vetoes (
    account bytea not null,
    lost text not null,
    -- the device of old that asked; empty for the browsers that none sent
    asker bytea not null,
    at bigint not null,
    primary key (account, lost, asker)
);
insert into wait_vetoes (account, lost, asker, at)
    select account, lost, asker, ended_at from waits where state = 'vetoed' and asker is not null;
insert into wait_vetoes (account, lost, asker, at)
    select account, lost, substr(account, 1, 0), ended_at from waits where state = 'vetoed' and asker is null;
