-- What happened to a commitment, oldest first.
select kind, cents, day::text, reference, actor, at from ledger_entry
where commitment_id = $1 order by entry_id
