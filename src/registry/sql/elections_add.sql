-- Elections that the file names; one that is known keeps its name.
insert into election (state, held_on, kind, name)
select $1, date '1970-01-01' + d.days, d.kind, d.name
from unnest($2::int[], $3::text[], $4::text[]) as d(days, kind, name)
on conflict (state, held_on, kind) do nothing
