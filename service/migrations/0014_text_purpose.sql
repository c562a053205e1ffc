-- What a text's code is for that belongs to no operation: the text says so, and
-- the code is good for that only.
alter table sign_in_texts add column purpose text not null default 'sign_in';
