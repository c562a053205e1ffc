-- What began the hold: the password was reset by mail alone, or the account was
-- linked from a device that had just signed in. Mails and pages say which.
alter table accounts add column held_by text not null default 'reset';
