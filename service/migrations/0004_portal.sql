-- A person at a provider is named by issuer and subject, and by nothing else.
create table identities (
    issuer text not null,
    subject text not null,
    account bytea not null,
    -- the provider's name in the settings
    provider text not null,
    -- what the provider says: shown, never matched, and no code goes to it
    -- before mail of ours to it was read
    email text,
    added_at bigint not null,
    last_used bigint not null,
    primary key (issuer, subject)
);
create index identities_by_account on identities (account);

-- Region and terms, asked once by the portal.
create table agreements (
    account bytea primary key not null,
    region text not null,
    -- number of the terms that were accepted
    terms bigint not null,
    agreed_at bigint not null
);

-- Authorization requests that wait for their callback. State, nonce and PKCE
-- verifier are made from the id and the token key; none is stored.
create table oidc_flows (
    id bytea primary key not null,
    -- SHA-256 of the cookie of the browser that began it
    browser bytea not null,
    provider text not null,
    purpose text not null,
    -- the sign-in or the portal session that it is for
    subject bytea,
    until bigint not null
);

-- Devices that want to be signed in by a provider, in a tab of their browser.
create table sign_ins (
    id bytea primary key not null,
    device bytea not null,
    device_name text not null,
    language text not null,
    provider text not null,
    -- whose share the device's network address counts against
    network bytea not null,
    until bigint not null,
    account bytea,
    -- the session that it was granted
    session bytea
);

-- A device sent its person to the portal and waits. No authority.
create table portal_hints (
    -- SHA-256 of what stands in the address
    id bytea primary key not null,
    account bytea not null,
    device bytea not null,
    place text not null,
    -- the first browser that opened it
    browser bytea,
    until bigint not null
);

-- What a portal session is besides a session and a device of its own.
create table portal_sessions (
    -- SHA-256 of the cookie
    cookie bytea primary key not null,
    session bytea not null unique,
    account bytea not null,
    device bytea not null,
    -- who signed in; none where it was the account password
    issuer text,
    subject text,
    -- when the person last proved at the provider or by password who it is
    proved_at bigint not null,
    -- the device that waits
    waiting bytea,
    until bigint not null
);

-- Codes that the portal mails. Made alike for addresses that have no account
-- (account is null), to which no mail goes.
create table portal_codes (
    id bytea primary key not null,
    -- SHA-256 of the cookie of the browser that asked
    browser bytea not null,
    purpose text not null,
    account bytea,
    email text not null,
    language text not null,
    tries bigint not null,
    code_salt bytea,
    code_tag bytea,
    code_until bigint not null,
    -- when the code was typed
    proven_at bigint not null,
    until bigint not null,
    unique (browser, purpose)
);
