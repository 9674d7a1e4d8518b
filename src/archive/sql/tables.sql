-- Every lasting table of a schema with its partitions; unlogged tables are work tables, and a
-- table of an extension comes back with the extension.
select c.relname, c.relkind = 'p', c.relispartition, coalesce(parent.relname, ''),
       coalesce(pg_get_expr(c.relpartbound, c.oid), ''), coalesce(pg_relation_size(c.oid), 0)
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join pg_inherits i on i.inhrelid = c.oid and c.relispartition
left join pg_class parent on parent.oid = i.inhparent
where n.nspname = $1
  and c.relkind in ('r', 'p')
  and c.relpersistence = 'p'
  and not exists (select from pg_depend d
                  where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by c.relname collate "C"
