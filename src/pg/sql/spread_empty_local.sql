-- Gives back the space of the rows that the coordinator held before the table was spread.
select truncate_local_data_after_distributing_table($1::text::regclass)
