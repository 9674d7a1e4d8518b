-- What happened to a commitment.
insert into ledger_entry (commitment_id, kind, cents, day, reference, entry_key, actor, at)
values ($1, $2, $3, $4::date, $5, $6::uuid, $7, $8)
