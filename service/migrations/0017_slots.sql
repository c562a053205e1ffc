-- Other slots within an epoch, with what signed for them: a device that follows the
-- heads believes no slots without. Named by the head that came with them.
create table slots_changes (
    account bytea not null,
    seq bigint not null,
    -- as JSON
    slots text not null,
    nonce bytea not null,
    signature bytea not null,
    primary key (account, seq)
);
