-- The same bar, if it is in force already.
select suppression_id from suppression
where ended_at is null and reason = $3 and home_id is not distinct from $4
  and ((number = $1 and voter_id is not distinct from $2)
    or ($1::bigint is null and number is null and voter_id = $2))
