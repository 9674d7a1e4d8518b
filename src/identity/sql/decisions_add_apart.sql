-- Each identity that was taken out and each that remains are different people from now on.
insert into link_decision (home_a, home_b, kind, actor, at)
select least(o.home_id, r.home_id), greatest(o.home_id, r.home_id), 'different', $3, $4
from unnest($1::bigint[]) as o (home_id)
cross join unnest($2::bigint[]) as r (home_id)
on conflict (home_a, home_b) where ended_at is null do nothing
