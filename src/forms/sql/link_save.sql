-- What was answered so far, or that it is done
update form_link
set draft = $4, saved_at = $5, opened_at = coalesce(opened_at, $5),
    done_at = case when $6::boolean then $5::timestamptz end
where bucket = $1 and form_id = $2 and voter_id = $3
