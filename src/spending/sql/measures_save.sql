-- Effects that the campaign measured; the same experiment again replaces what it said.
insert into response_measure (channel_id, effect, effect_error, source)
select * from unnest($1::bigint[], $2::double precision[], $3::double precision[], $4::text[])
on conflict (channel_id, source) do update
set effect = excluded.effect, effect_error = excluded.effect_error
where (response_measure.effect, response_measure.effect_error)
  is distinct from (excluded.effect, excluded.effect_error)
