-- The versions that an undone import brought and no later import repeated.
delete from record_value r
where r.import_id = $1
  and not exists (select 1 from undo_pass p where p.home_id = r.home_id)
