-- Live inputs of a sheet; those that are there already are read anew.
insert into live_input (name, kind, contest_id, channel_id, question, ours, theirs, segment_id, experiment_id, arm,
                        people, factor)
select n, k, c, h, q, coalesce(string_to_array(nullif(o, ''), ' ')::int[], '{}'),
  coalesce(string_to_array(nullif(t, ''), ' ')::int[], '{}'), s, e, a, p, f
from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::bigint[],
            $9::bigint[], $10::text[], $11::int[], $12::double precision[]) as x(n, k, c, h, q, o, t, s, e, a, p, f)
on conflict (name) do update
set kind = excluded.kind, contest_id = excluded.contest_id, channel_id = excluded.channel_id,
  question = excluded.question, ours = excluded.ours, theirs = excluded.theirs, segment_id = excluded.segment_id,
  experiment_id = excluded.experiment_id, arm = excluded.arm, people = excluded.people, factor = excluded.factor,
  value = null, error = null, counts = null, votes = null, problem = null, read_at = null
