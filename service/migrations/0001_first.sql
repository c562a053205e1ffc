-- One text for SQLite and PostgreSQL: text, bigint and bytea only. Times are
-- whole seconds since 1970. Every transaction begins with a write on the row
-- that it is about (the account's, mostly), so that both databases queue
-- writers at the same place.

create table accounts (
    id bytea primary key not null,
    -- once mail to it was read; an account that signs in at a provider begins without
    email text,
    -- MailAddress::key: what makes two spellings the same address
    email_key text unique,
    -- Argon2id as a PHC string; none before such an account is linked
    password text,
    language text not null,
    created_at bigint not null,
    second_factor text not null,
    profile text not null,
    wrong_in_a_row bigint not null,
    frozen_until bigint not null,
    -- rises with every transaction on the account: the write that queues them
    touched bigint not null
);

-- Somebody at a device says an address is theirs. Bound to the device's key:
-- a code typed elsewhere proves nothing. Made alike for addresses that have an
-- account already (has_account = 1), whose mail holds no code.
create table sign_ups (
    id bytea primary key not null,
    email text not null,
    email_key text not null,
    device bytea not null,
    password text not null,
    language text not null,
    has_account bigint not null,
    created_at bigint not null,
    expires_at bigint not null,
    tries bigint not null,
    code_salt bytea,
    code_tag bytea,
    code_until bigint not null,
    unique (email_key, device)
);

create table devices (
    account bytea not null,
    device bytea not null,
    name text not null,
    known_since bigint not null,
    last_seen bigint not null,
    sync text not null,
    primary key (account, device)
);

-- A session is alive while its row is there. Tokens are made from the row and
-- the token key; none is stored.
create table sessions (
    id bytea primary key not null,
    account bytea not null,
    device bytea not null,
    -- number of the newest refresh token
    serial bigint not null,
    refresh_until bigint not null,
    unique (account, device)
);

-- Names of DPoP proofs that were used, while their nonce lives.
create table used_proofs (
    id bytea primary key not null,
    until bigint not null
);

create table limits (
    rule text not null,
    subject bytea not null,
    count bigint not null,
    until bigint not null,
    primary key (rule, subject)
);

create table clouds (
    account bytea primary key not null,
    seq bigint not null,
    head_hash bytea not null,
    -- the current generation, where there is a vault
    generation bytea,
    -- vault and epoch that stand or last stood here
    vault bytea,
    epoch bigint not null,
    act text,
    act_device text,
    act_at bigint not null,
    act_seq bigint not null
);

create table generations (
    id bytea primary key not null,
    account bytea not null,
    vault bytea not null,
    epoch bigint not null,
    anchoring text not null,
    head_seq bigint not null,
    head_hash bytea not null,
    head bytea not null,
    tag bytea not null,
    -- as JSON, erased first when the time for undo ends
    slots text,
    count bigint not null,
    -- what displaced it; none while it is the current one
    displaced_by text,
    displaced_device text,
    displaced_at bigint not null,
    until bigint not null
);
create index generations_by_account on generations (account, displaced_at);

-- Every head that ever stood in an account's cloud, so that a chain can be followed.
create table heads (
    account bytea not null,
    seq bigint not null,
    head bytea not null,
    tag bytea not null,
    primary key (account, seq)
);

create table records (
    generation bytea not null,
    item bytea not null,
    seq bigint not null,
    revision bigint not null,
    hash bytea not null,
    tombstone bigint not null,
    record bytea not null,
    primary key (generation, item)
);

-- Records that a push replaced: 30 days.
create table superseded (
    generation bytea not null,
    item bytea not null,
    hash bytea not null,
    record bytea not null,
    from_seq bigint not null,
    until_seq bigint not null,
    until bigint not null,
    primary key (generation, item, until_seq)
);

create table uploads (
    id bytea primary key not null,
    account bytea not null,
    device bytea not null,
    bytes bigint not null,
    -- 1 once an operation names it: nothing more is added
    sealed bigint not null,
    until bigint not null
);

create table upload_records (
    upload bytea not null,
    item bytea not null,
    vault bytea not null,
    epoch bigint not null,
    revision bigint not null,
    hash bytea not null,
    tombstone bigint not null,
    record bytea not null,
    primary key (upload, item)
);

create table operations (
    id bytea primary key not null,
    account bytea not null,
    device bytea not null,
    idempotency_key bytea not null,
    request text not null,
    digest bytea not null,
    required bigint not null,
    reach text not null,
    created_at bigint not null,
    expires_at bigint not null,
    tries bigint not null,
    code_no bigint not null,
    code_salt bytea,
    code_tag bytea,
    code_made_at bigint not null,
    code_wanted_at bigint not null,
    mail text not null,
    mail_at bigint not null,
    code_until bigint not null,
    password_proven_at bigint not null,
    state text not null,
    receipt bytea,
    new_head bytea,
    new_slots text,
    -- the service's own counts, for the mail: living entries now and after
    count_now bigint not null,
    count_after bigint not null,
    -- the network address that asked, for the mail; erased when the operation ends
    asked_from text,
    -- 1 where it lies outside the limits (one Restore a day)
    free bigint not null,
    unique (account, device, idempotency_key)
);

-- Confirmations by HMAC of their body: an equal one gets the same answer and counts nothing.
create table confirmations (
    operation bytea not null,
    body bytea not null,
    begun_at bigint not null,
    status bigint not null,
    answer text,
    primary key (operation, body)
);

create table outbox (
    id bytea primary key not null,
    kind text not null,
    -- what it is about: an operation, a sign-up, an account
    subject bytea not null,
    attempts bigint not null,
    next_at bigint not null,
    created_at bigint not null
);
create index outbox_by_next on outbox (next_at);
