-- Whether this database has Citus.
select exists (select from pg_proc where proname = 'create_distributed_table')
