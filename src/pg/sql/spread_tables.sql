-- The tables that are keyed by the voter's bucket, voter first, and whether they are spread. (A part
-- of a partitioned table follows its whole.)
select c.relname, exists (select from pg_dist_partition d where d.logicalrelid = c.oid)
from pg_class c
where c.relnamespace = current_schema()::regnamespace
  and c.relkind in ('r', 'p') and not c.relispartition
  and exists (
    select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
    where i.indrelid = c.oid and i.indisprimary and a.attname = 'bucket')
order by c.relname <> 'voter', c.relname
