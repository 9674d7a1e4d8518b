-- The visible vote of every voter and election.
copy (
  select v.source, v.external_id, e.state, e.held_on, e.kind, t.method, t.party, t.county
  from (
    select distinct on (bucket, voter_id, election_id) *
    from vote order by bucket, voter_id, election_id, import_id desc, method, party, county
  ) t
  join voter v on v.bucket = t.bucket and v.voter_id = t.voter_id
  join election e on e.election_id = t.election_id
) to stdout
