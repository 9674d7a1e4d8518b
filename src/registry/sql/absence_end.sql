-- These identities are back.
delete from absence where source = $1 and home_id = any($2)
