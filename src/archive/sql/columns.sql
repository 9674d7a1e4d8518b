-- The columns of every table of a schema, without those that PostgreSQL computes by itself.
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1
  and c.relkind in ('r', 'p')
  and a.attnum > 0
  and not a.attisdropped
  and a.attgenerated = ''
order by c.relname collate "C", a.attnum
