-- How many machines can hold parts of tables.
select count(*) from citus_get_active_worker_nodes()
