-- All errors of polls that robust plans must stand.
select scenario, contest_id, error from poll_error order by scenario, contest_id nulls first
