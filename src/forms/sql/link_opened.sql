-- A link was opened
update form_link set opened_at = $4
where bucket = $1 and form_id = $2 and voter_id = $3 and opened_at is null
