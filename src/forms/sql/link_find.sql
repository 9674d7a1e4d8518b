-- The link behind a token
select form_id, voter_id, draft from form_link where bucket = $1 and token_hash = $2
