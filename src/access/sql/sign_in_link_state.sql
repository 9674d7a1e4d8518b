-- Why a link could not be used.
select used_at is not null from sign_in_link where token_hash = $1
