-- The ids of the elections in the order asked for.
select e.election_id
from unnest($2::int[], $3::text[]) with ordinality as d(days, kind, place)
join election e on e.state = $1 and e.held_on = date '1970-01-01' + d.days and e.kind = d.kind
order by d.place
