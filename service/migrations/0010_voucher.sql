-- A new epoch that devices can follow: what the old head key says of the head
-- that began the generation's epoch (32 bytes, opaque here); none where nobody
-- vouched, and none once the generation was brought back.
alter table generations add column voucher bytea;

-- What was brought back waits for a head of this epoch; 0 while it does not wait.
alter table generations add column anchor_epoch bigint not null default 0;
update generations set anchor_epoch = epoch where anchoring = 'unanchored';

-- The highest epoch that each vault ever had, whatever became of its generations:
-- no lower one takes the place of a higher.
create table epochs (
    account bytea not null,
    vault bytea not null,
    highest bigint not null,
    primary key (account, vault)
);
insert into epochs (account, vault, highest)
    select account, vault, max(epoch) from generations group by account, vault;
