-- The elections in which the voter took part, newest first; of an election what the latest import says.
select e.election_id, e.name, e.held_on, e.kind, t.method, t.party
from (
  select distinct on (election_id) election_id, method, party
  from vote where bucket = $1 and voter_id = $2
  order by election_id, import_id desc, method, party, county
) t
join election e using (election_id)
order by e.held_on desc, e.kind
limit 200
