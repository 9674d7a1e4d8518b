-- The bars that a caller's result has brought and that still stand
select suppression_id from suppression
where ended_at is null and source = 'call' and actor = $3 and reason = $4
  and (number = $1 or voter_id = $2)
order by suppression_id
