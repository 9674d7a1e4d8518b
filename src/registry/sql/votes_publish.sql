-- The last row of a voter and election wins; a vote that is known and equal is left alone.
with written as (
  insert into vote (bucket, voter_id, election_id, import_id, method, party, county)
  select distinct on (s.bucket, s.voter_id, e.election_id)
    s.bucket, s.voter_id, e.election_id, $1::bigint, s.method, s.party, s.county
  from vote_stage s
  join unnest($2::bigint[]) with ordinality as e(election_id, place) on e.place = s.election + 1
  order by s.bucket, s.voter_id, e.election_id, s.line desc
  on conflict (bucket, voter_id, election_id) do update
  set import_id = excluded.import_id, method = excluded.method, party = excluded.party,
      county = excluded.county
  where (vote.method, vote.party, vote.county)
    is distinct from (excluded.method, excluded.party, excluded.county)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new), count(*) filter (where not is_new) from written
