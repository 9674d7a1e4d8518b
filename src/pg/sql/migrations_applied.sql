-- The migrations that this database has, in order.
select number, name, checksum from migration order by number
