-- Rows of an import that went with the last record of their voters: its file may come again once a voter file has brought these back.
update import_run
set warnings = warnings || jsonb_build_array(
  jsonb_build_object('kind', 'orphans', 'count', $2::bigint, 'text', $3::text))
where import_id = $1
