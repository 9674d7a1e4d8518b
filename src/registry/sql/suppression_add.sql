-- A new bar on contact; home_id only where it is not the person's own.
insert into suppression (number, voter_id, reason, source, actor, at, home_id)
values ($1, $2, $3, $4, $5, $6, $7)
returning suppression_id
