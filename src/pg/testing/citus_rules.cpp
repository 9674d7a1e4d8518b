#include "pg/testing/citus_rules.h"

namespace hustings::pg::testing {

void make_citus_rules(Connection& connection) {
  connection.run_text(R"(
create table pg_dist_partition (logicalrelid regclass primary key, key_type oid, shards int);
create function citus_get_active_worker_nodes() returns table (node_name text)
  language sql as $$ values ('db1'), ('db2') $$;
create function truncate_local_data_after_distributing_table(t regclass) returns void
  language sql as $$ $$;
create function create_distributed_table(t regclass, key text, colocate_with text,
                                         shard_count int default null) returns void
language plpgsql as $$
declare
  col pg_attribute;
begin
  select a.* into strict col from pg_attribute a where a.attrelid = t and a.attname = key;
  if col.attgenerated <> '' then
    raise exception '% is a generated column', key;
  end if;
  if exists (select from pg_index i where i.indrelid = t
             and (i.indisunique or i.indisexclusion) and col.attnum <> all (i.indkey)) then
    raise exception 'a unique key of % lacks %', t, key;
  end if;
  if exists (select from pg_constraint c
             where c.contype = 'f' and t in (c.conrelid, c.confrelid)) then
    raise exception 'a foreign key binds %', t;
  end if;
  if exists (select from pg_trigger g where g.tgrelid = t) then
    raise exception '% has a trigger', t;
  end if;
  if colocate_with <> 'none' and not exists (
      select from pg_dist_partition d
      where d.logicalrelid = colocate_with::regclass and d.key_type = col.atttypid) then
    raise exception '% has another type of key than %', t, colocate_with;
  end if;
  insert into pg_dist_partition values (t, col.atttypid, shard_count);
end $$)",
                      "citus_rules");
}

}  // namespace hustings::pg::testing
