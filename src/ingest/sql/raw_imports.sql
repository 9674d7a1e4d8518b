-- The imports of some sources that kept rows as received.
select n.import_id, n.file_name, n.source
from import_run n
where n.source = any($1::text[])
  and exists (select 1 from import_raw r where r.import_id = n.import_id)
order by n.import_id
