-- A table of its own for the votes of an import's new voters.
create table vote_i{import} (like vote including defaults including constraints including storage)
