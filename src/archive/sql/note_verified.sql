-- The archive was read back and every digest was right.
update archive_run set verified_at = $2 where archive_id = $1
