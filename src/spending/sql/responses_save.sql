-- What money does in channels, in place of what was thought before.
insert into response (channel_id, curve, effect, effect_error, contacts, shape, decay, half_life,
                      source)
select * from unnest($1::bigint[], $2::text[], $3::double precision[], $4::double precision[],
                     $5::double precision[], $6::double precision[], $7::double precision[],
                     $8::double precision[], $9::text[])
on conflict (channel_id) do update
set curve = excluded.curve, effect = excluded.effect, effect_error = excluded.effect_error,
  contacts = excluded.contacts, shape = excluded.shape, decay = excluded.decay,
  half_life = excluded.half_life, source = excluded.source
where (response.*) is distinct from (excluded.*)
