-- An election has the name that the first of its files gives it.
update election e set name = p.name
from (
  select distinct on (part) part, name from import_presence
  where part = any($1) order by part, import_id
) p
where e.election_id::text = p.part and e.name <> p.name
