-- Rows wait here until the whole file is read.
copy duplicate_stage (line, external_id, last_name, first_name, birth_year, birth_date, zip5)
from stdin (format binary)
