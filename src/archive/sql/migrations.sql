-- The migrations that made the schema.
select number, name, checksum from migration order by number
