-- Into the queue, with what a join would add and what a decision is worth (identity/gain.h): $2 are the worths in that order. A pair that waits is brought up to date, one put off stays put off, one that had vanished is back.
insert into match_candidate (
  home_a, home_b, bucket_a, bucket_b, probability, bits, gain, adds, same_source, run_id, state
)
select p.home_a, p.home_b, p.bucket_a, p.bucket_b, p.probability, p.bits,
       p.probability * (1 + coalesce((
         select sum(w.worth)
         from unnest($2::float8[]) with ordinality as w (worth, place)
         where p.adds[w.place::int]), 0)),
       array(select n.name
             from unnest($3::text[]) with ordinality as n (name, place)
             where p.adds[n.place::int]
             order by n.place),
       p.same_source, $1, 'open'
from (
  select s.*, array[
      (va.phone is null) <> (vb.phone is null),
      exists (select 1 from consent c where c.bucket = va.bucket and c.voter_id = va.voter_id
                and c.state = 'given')
        <> exists (select 1 from consent c where c.bucket = vb.bucket and c.voter_id = vb.voter_id
                     and c.state = 'given'),
      (va.email is null) <> (vb.email is null),
      exists (select 1 from vote t where t.bucket = va.bucket and t.voter_id = va.voter_id)
        <> exists (select 1 from vote t where t.bucket = vb.bucket and t.voter_id = vb.voter_id),
      exists (select 1 from voter_score t where t.bucket = va.bucket and t.voter_id = va.voter_id)
        <> exists (select 1 from voter_score t
                   where t.bucket = vb.bucket and t.voter_id = vb.voter_id),
      (va.birth_date is null) <> (vb.birth_date is null)
    ] as adds
  from match_candidate_stage s
  left join link la on la.home_id = s.home_a
  left join link lb on lb.home_id = s.home_b
  join voter va on va.bucket = coalesce(la.bucket, s.bucket_a)
    and va.voter_id = coalesce(la.voter_id, s.home_a)
  join voter vb on vb.bucket = coalesce(lb.bucket, s.bucket_b)
    and vb.voter_id = coalesce(lb.voter_id, s.home_b)
  where not va.protected and not vb.protected and va.voter_id <> vb.voter_id
) p
on conflict (home_a, home_b) do update
set probability = excluded.probability, bits = excluded.bits, gain = excluded.gain,
    adds = excluded.adds, same_source = excluded.same_source, run_id = excluded.run_id,
    state = case when match_candidate.state = 'later' then 'later' else 'open' end,
    decision_id = null, decided_by = null, decided_at = null
