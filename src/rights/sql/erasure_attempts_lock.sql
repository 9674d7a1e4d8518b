-- Results of calls under way wait, or are written whole before.
select lease_id from line_attempt where number = any($1::bigint[]) order by lease_id for update
