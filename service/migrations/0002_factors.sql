-- Second factors, what waits to become one, and what a weakening is about.

-- At most one of each way an account. A backup code is a row of its own.
create table factors (
    account bytea not null,
    way text not null,
    -- a phone's number; an authenticator's secret, sealed
    value text not null,
    -- the last time step of an authenticator that was used
    step bigint not null,
    since bigint not null,
    primary key (account, way)
);

-- Backup codes by their tags, one salt a set. The owner is the account, or the
-- enrolment while they wait.
create table backup_codes (
    owner bytea not null,
    number bigint not null,
    salt bytea not null,
    tag bytea not null,
    primary key (owner, number)
);

-- What waits to be tried, and then for its operation: one a device.
create table enrolments (
    id bytea primary key not null,
    account bytea not null,
    device bytea not null,
    kind text not null,
    value text not null,
    stand text not null,
    tries bigint not null,
    code_salt bytea,
    code_tag bytea,
    code_until bigint not null,
    step bigint not null,
    until bigint not null,
    unique (account, device)
);

-- What a weakening is about, until its operation is executed or forgotten.
create table weakenings (
    account bytea not null,
    device bytea not null,
    parameters bytea not null,
    what text not null,
    kind text not null,
    value text not null,
    until bigint not null,
    primary key (account, device, parameters)
);

-- The code of a text message that a sign-in asked for.
create table sign_in_texts (
    account bytea not null,
    device bytea not null,
    code_salt bytea,
    code_tag bytea,
    code_until bigint not null,
    wanted_at bigint not null,
    primary key (account, device)
);

alter table operations add column text_no bigint not null default 0;
alter table operations add column text_salt bytea;
alter table operations add column text_tag bytea;
alter table operations add column text_made_at bigint not null default 0;
alter table operations add column text_wanted_at bigint not null default 0;
alter table operations add column text_stand text not null default 'not_due';
alter table operations add column text_at bigint not null default 0;
alter table operations add column text_until bigint not null default 0;

-- Seconds that a displaced generation can be brought back; only ever shorter.
alter table accounts add column undo bigint not null default 2592000;
-- When the account goes; 0 where it stays.
alter table accounts add column delete_at bigint not null default 0;
-- The hold: since when and until when acts that reach beyond one device wait.
alter table accounts add column held_from bigint not null default 0;
alter table accounts add column held_until bigint not null default 0;
alter table accounts add column vetoed bigint not null default 0;
-- When the vault was last opened there by its master password, as the device says.
alter table devices add column opened_at bigint not null default 0;

-- Addresses that accounts had, for notices to them.
create table former_addresses (
    account bytea not null,
    email text not null,
    at bigint not null,
    primary key (account, at)
);
