-- All channels by name, with what money does there; nulls where nobody has said.
select c.channel_id, c.name, c.title, c.kind = 'contact', c.minimum_cents, r.curve, r.effect,
  r.effect_error, r.contacts, r.shape, r.decay, r.source,
  r.half_life,
  array(select m.effect from response_measure m where m.channel_id = c.channel_id
        order by m.measure_id)::text[],
  array(select m.effect_error from response_measure m where m.channel_id = c.channel_id
        order by m.measure_id)::text[]
from channel c left join response r using (channel_id) order by c.name
