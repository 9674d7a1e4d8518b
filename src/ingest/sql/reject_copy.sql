-- Rows that were not taken.
copy import_reject (import_id, line, byte_offset, column_name, reason, raw) from stdin (format binary)
