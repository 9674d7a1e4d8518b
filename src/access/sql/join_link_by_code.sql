-- The join link behind a code, whatever its state.
select join_link_id, code, phonebank_id, created_at, expires_at, uses, uses_max, revoked_at is not null
from join_link
where code = $1
