-- The device of old that asked for what the hold follows: it does not lift it.
alter table accounts add column held_asker bytea;
