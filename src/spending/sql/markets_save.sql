-- Markets of a sheet; those that are there already get its values.
insert into market (name, title, people)
select * from unnest($1::text[], $2::text[], $3::bigint[])
on conflict (name) do update set title = excluded.title, people = excluded.people
where (market.title, market.people) is distinct from (excluded.title, excluded.people)
