-- Somebody says of two identities that they are one person, or that they are not.
insert into link_decision (home_a, home_b, kind, actor, at)
values ($1, $2, $3, $4, $5)
returning decision_id
