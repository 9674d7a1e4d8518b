-- Every sequence of a schema, those of identity columns among them.
select c.relname
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relkind = 'S'
order by c.relname collate "C"
