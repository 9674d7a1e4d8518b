-- From when the line of a changed result may be shown again, in whatever phone bank; left as it is if another attempt stands there
update line_attempt a
set during = tstzrange(a.shown_at, greatest($2::timestamptz, a.shown_at + interval '1 microsecond'))
where a.lease_id = $1
  and not exists (
    select 1 from line_attempt o
    where o.number = a.number and o.lease_id <> a.lease_id
      and o.during && tstzrange(a.shown_at,
                                greatest($2::timestamptz, a.shown_at + interval '1 microsecond')))
