-- The elections in which the voter took part, newest first.
select e.election_id, e.name, e.held_on, e.kind, t.method, t.party
from vote t join election e using (election_id)
where t.bucket = $1 and t.voter_id = $2
order by e.held_on desc, e.kind
limit 200
