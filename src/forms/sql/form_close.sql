-- Nobody can fill in a form any more; nothing if that was so before
update form set closed_at = $2 where form_id = $1 and closed_at is null returning form_id
