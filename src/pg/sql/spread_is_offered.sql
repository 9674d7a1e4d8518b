-- Whether this server could load Citus: it is installed, though perhaps not yet in this database.
select exists (select from pg_available_extensions where name = 'citus')
