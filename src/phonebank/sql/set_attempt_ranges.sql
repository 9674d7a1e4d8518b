-- From when lines may be shown again, in whatever phone bank; left as it is if another attempt stands there
update line_attempt a
set during = tstzrange(a.shown_at, greatest(r.until, a.shown_at + interval '1 microsecond'))
from unnest($1::bigint[], $2::timestamptz[]) as r(lease_id, until)
where a.lease_id = r.lease_id
  and not exists (
    select 1 from line_attempt o
    where o.number = a.number and o.lease_id <> a.lease_id
      and o.during && tstzrange(a.shown_at,
                                greatest(r.until, a.shown_at + interval '1 microsecond')))
