-- A table of its own for the phones of an import's new voters.
create table phone_i{import} (like phone including defaults including constraints including storage)
