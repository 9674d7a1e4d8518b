-- Contests of a sheet; those that are there already get its values.
insert into contest (name, region, weight, previous, votes, error)
select * from unnest($1::text[], $2::text[], $3::int[], $4::double precision[], $5::bigint[],
                     $6::double precision[])
on conflict (name) do update
set region = excluded.region, weight = excluded.weight, previous = excluded.previous,
  votes = excluded.votes, error = excluded.error
where (contest.region, contest.weight, contest.previous, contest.votes, contest.error)
  is distinct from
  (excluded.region, excluded.weight, excluded.previous, excluded.votes, excluded.error)
