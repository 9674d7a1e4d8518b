-- Profiles are written by one transaction at a time: an import's or an undo's last step, a correction. Its few sorts and joins over many rows may take memory.
select pg_advisory_xact_lock(7236515, hashtext(current_schema()::text)),
       set_config('work_mem', '256MB', true)
