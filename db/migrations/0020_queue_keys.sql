-- A queue line is looked for by its number, in one phone bank or in all: one index for both, where
-- there were two that each claim and each result had to write.
alter table queue_line drop constraint queue_line_pkey;
drop index queue_line_number;
alter table queue_line add primary key (number, phonebank_id);
-- What a phone bank has behind it; what it has before it stands in queue_line_ready and _waiting.
create index queue_line_ended on queue_line (phonebank_id) where state in ('done', 'barred');
