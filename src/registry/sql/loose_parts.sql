-- Tables of imports that were never published: what a crash leaves behind.
select substring(c.relname from '^(.*)_i[0-9]+$'), substring(c.relname from '[0-9]+$')::bigint
from pg_class c
where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
  and not c.relispartition
  and c.relname ~ '^(voter|phone|vote|source_record|score_run)_i[0-9]+$'
