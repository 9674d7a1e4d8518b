-- A new bar on contact.
insert into suppression (number, voter_id, reason, source, actor, at)
values ($1, $2, $3, $4, $5, $6)
returning suppression_id
