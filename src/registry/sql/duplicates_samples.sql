-- Some of them, of both kinds.
select line, external_id, other_line, voter_id
from (
  select f.*, row_number() over (partition by voter_id is null order by line) as place
  from duplicate_found f where not is_first
) d
order by place, voter_id is null limit 20
