-- Pieces of an import, behind one.
select chunk, first_row, rows, data from import_raw
where import_id = $1 and chunk > $2
order by chunk
limit $3
