-- Nobody can join by this link any more; those who joined stay.
update join_link
set revoked_at = coalesce(revoked_at, $2)
where join_link_id = $1
returning phonebank_id
