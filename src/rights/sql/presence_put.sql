-- The same file without identities that are gone.
update import_presence set data = $3 where import_id = $1 and part = $2
