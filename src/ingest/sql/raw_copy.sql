-- Lines as received, compressed, a chunk a row.
copy import_raw (import_id, chunk, first_row, rows, data) from stdin (format binary)
