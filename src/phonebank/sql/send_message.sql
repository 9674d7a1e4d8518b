-- Words for the callers of a phone bank, or for one of them
insert into caller_message (phonebank_id, person_id, text, sent_by, at, ends_at)
select p.phonebank_id, $2, $3, $4, m.at, m.at + make_interval(mins => $5::int)
from phonebank p, (select coalesce($6::timestamptz, clock_timestamp()) as at) m
where p.phonebank_id = $1
returning message_id
