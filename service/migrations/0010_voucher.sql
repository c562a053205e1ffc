-- A new epoch that devices can follow: what the old head key says of the head
-- that began the generation's epoch (32 bytes, opaque here); none where nobody
-- vouched, and none once the generation was brought back.
alter table generations add column voucher bytea;
