-- A table of its own for the new voters of an import; it becomes a partition when the import publishes.
create table voter_i{import} (like voter including defaults including constraints including storage)
