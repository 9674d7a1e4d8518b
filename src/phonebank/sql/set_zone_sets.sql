-- Gives mixed lines the union of their zones
update queue_line q
set zone_set_id = m.zone_set_id,
    state = case when q.state = 'ready' and m.bar is not null then 'barred' else q.state end,
    reason = coalesce(q.reason, m.bar)
from unnest($2::bigint[], $3::smallint[], $4::text[]) as m(number, zone_set_id, bar)
where q.phonebank_id = $1 and q.number = m.number
