-- The files' values count again.
update correction set ended_at = $2, ended_by = $3
where correction_id = $1 and ended_at is null
returning voter_id, (select string_agg(to_jsonb(key)::text, ',' order by key)
                     from jsonb_object_keys(fields) key)
