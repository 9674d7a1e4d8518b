-- The link behind a token, while its answers are saved; after its person's lock, as erasures take them
select 1 from form_link where bucket = $1 and token_hash = $2 for update
