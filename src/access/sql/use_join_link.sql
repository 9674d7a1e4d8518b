-- Counts one more caller, if the link still lets one in; the row lock keeps uses within uses_max.
update join_link
set uses = uses + 1
where code = $1 and revoked_at is null and expires_at > $2 and uses < uses_max
returning phonebank_id
