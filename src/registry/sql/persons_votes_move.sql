-- The votes of the identities that have another person now.
with gone as (
  delete from vote t using person_move m
  where t.bucket = m.from_bucket and t.voter_id = m.from_id and t.home_id = m.home_id
  returning m.to_bucket, m.to_id, t.election_id, t.home_id, t.import_id, t.method, t.party, t.county
)
insert into vote (bucket, voter_id, election_id, home_id, import_id, method, party, county)
select to_bucket, to_id, election_id, home_id, import_id, method, party, county from gone
