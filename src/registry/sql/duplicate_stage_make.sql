-- New rows of a file that is only tried, by what would tell that two are one person; gone with the connection.
create temporary table duplicate_stage (
  line bigint, external_id text, last_name text, first_name text, birth_year smallint,
  birth_date date, zip5 text
)
