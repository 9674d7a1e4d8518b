-- Which table must be loaded before which: the second before the first.
select child.relname, parent.relname
from pg_constraint k
join pg_class child on child.oid = k.conrelid
join pg_class parent on parent.oid = k.confrelid
join pg_namespace n on n.oid = child.relnamespace
where n.nspname = $1 and k.contype = 'f' and k.conparentid = 0 and k.conrelid <> k.confrelid
order by child.relname collate "C", parent.relname collate "C"
