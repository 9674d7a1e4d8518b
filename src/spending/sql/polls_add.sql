-- Polls of a sheet; those that are there already are passed over.
insert into poll (contest_id, pollster, end_day, people, ours, theirs, imported_by, imported_at)
select p.*, $7, $8::timestamptz
from unnest($1::bigint[], $2::text[], $3::date[], $4::int[], $5::double precision[],
            $6::double precision[]) p
on conflict do nothing
