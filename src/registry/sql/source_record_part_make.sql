-- The source records of one import: a table of its own, so that an import is undone by dropping it.
create table source_record_i{import} (like source_record including defaults including constraints)
