-- The last row of an identity and election wins; one that says what is known already is not kept. $3: whether anything can be known.
with staged as (
  select distinct on (s.bucket, s.voter_id, e.election_id, s.home_id)
    s.bucket, s.voter_id, e.election_id, s.home_id, s.method, s.party, s.county
  from vote_stage s
  join unnest($2::bigint[]) with ordinality as e(election_id, place) on e.place = s.election + 1
  order by s.bucket, s.voter_id, e.election_id, s.home_id, s.line desc
), compared as (
  select s.*, t.is_known, (s.method, s.party, s.county)
           is not distinct from (t.method, t.party, t.county) and t.is_known is not null as is_same
  from staged s
  left join lateral (
    select true as is_known, v.method, v.party, v.county
    from vote v
    where $3 and v.bucket = s.bucket and v.voter_id = s.voter_id
      and v.election_id = s.election_id and v.home_id = s.home_id
    order by v.import_id desc limit 1
  ) t on true
), written as (
  insert into vote (bucket, voter_id, election_id, home_id, import_id, method, party, county)
  select bucket, voter_id, election_id, home_id, $1::bigint, method, party, county
  from compared where not is_same
)
select count(*) filter (where is_known is null),
       count(*) filter (where is_known and not is_same)
from compared
