-- When the last day of a way began: with its reminder, and anew while a mail
-- about it had not left. 0 where that was before this column.
alter table waits add column reminded_at bigint not null default 0;
