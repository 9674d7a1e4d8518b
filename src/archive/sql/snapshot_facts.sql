-- What the manifest says of the snapshot. The first query after the locks: it freezes the snapshot.
select statement_timestamp(), current_setting('server_version_num')::int, current_setting('server_encoding'),
       (select datcollate from pg_database where datname = current_database()),
       (select coalesce(max(position), 0) from change)
