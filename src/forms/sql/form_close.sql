-- Nobody can fill in a form any more
update form set closed_at = $2 where form_id = $1 and closed_at is null
