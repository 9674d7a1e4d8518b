-- The newest word counts; of two at one moment the withdrawal. Gives a row if this one counts now.
insert into consent (bucket, voter_id, purpose, channel, state, source, evidence, at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (bucket, voter_id, purpose, channel) do update
set state = excluded.state, source = excluded.source, evidence = excluded.evidence,
    at = excluded.at
where consent.at < excluded.at
   or (consent.at = excluded.at and excluded.state = 'withdrawn')
returning state
