-- When inputs of each kind changed last.
select what, rows, changed_by, changed_at from input_change order by what
