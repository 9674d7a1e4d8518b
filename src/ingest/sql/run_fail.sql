-- Why an import ended without publishing; gives the state that it had before.
with failed as (
  update import_run
  set state = $2, error = $3, rows_read = $4, rows_rejected = $5, ended_at = $6
  where import_id = $1 and state = 'running'
)
select state from import_run where import_id = $1
