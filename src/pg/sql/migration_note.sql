-- Remembers that a migration was applied, in the transaction that applied it.
insert into migration (number, name, checksum) values ($1, $2, $3)
