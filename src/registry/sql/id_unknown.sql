-- How many ids name nobody, and the first of them.
select count(*) over (), s.external_id
from id_stage s
where not exists (select 1 from id_found f where f.external_id = s.external_id)
order by s.external_id
limit $1
