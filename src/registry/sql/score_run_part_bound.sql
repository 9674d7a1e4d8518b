-- Proves the value now: attaching then need not look at the rows.
alter table score_run_i{import} add constraint score_run_i{import}_import
  check (import_id = {import})
