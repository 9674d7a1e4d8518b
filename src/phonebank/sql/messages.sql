-- What callers of a phone bank are to read now, newest first
select c.person_id, c.text, c.ends_at, m.at
from caller_message c, (select coalesce($2::timestamptz, clock_timestamp()) as at) m
where c.phonebank_id = $1 and c.ends_at > m.at
order by c.message_id desc
limit $3
