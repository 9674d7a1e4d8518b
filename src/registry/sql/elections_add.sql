-- Elections that the file names, with the ids that were reserved; one that is known keeps its name.
insert into election (election_id, state, held_on, kind, name)
overriding system value
select distinct on (d.id) d.id, $1, date '1970-01-01' + d.days, d.kind, d.name
from unnest($2::bigint[], $3::int[], $4::text[], $5::text[]) with ordinality
  as d(id, days, kind, name, place)
order by d.id, d.place
on conflict (state, held_on, kind) do nothing
