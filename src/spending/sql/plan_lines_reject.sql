-- Somebody does not want these lines.
update plan_line set state = 'rejected', decided_by = $3, decided_at = $4
where plan_id = $1 and line = any ($2::bigint[])
