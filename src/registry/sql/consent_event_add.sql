-- A word on consent, kept for ever.
insert into consent_event (bucket, event_id, voter_id, home_id, purpose, channel, state, source,
                           evidence, actor, at, recorded_at)
values ($1, nextval('consent_event_id_seq'), $2, $11, $3, $4, $5, $6, $7, $8, $9, $10)
