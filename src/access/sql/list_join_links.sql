-- The join links of a phone bank, newest first.
select join_link_id, code, phonebank_id, created_at, expires_at, uses, uses_max, revoked_at is not null
from join_link
where phonebank_id = $1
order by join_link_id desc
limit 200
