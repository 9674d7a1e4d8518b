-- The link behind a token, while its answers are saved
select form_id, voter_id, draft, done_at from form_link where bucket = $1 and token_hash = $2
for update
