-- Payments between two days with everything that a report asks for.
select e.entry_id, e.commitment_id, e.day::text, e.cents, e.reference, c.purpose, m.name, h.name,
  h.title, c.week, coalesce(v.name, ''), coalesce(v.street, ''), coalesce(v.city, ''),
  coalesce(v.state, ''), coalesce(v.zip, '')
from ledger_entry e join commitment c using (commitment_id) join market m using (market_id)
join channel h using (channel_id) left join vendor v using (vendor_id)
where e.kind = 'payment' and e.day between coalesce(nullif($1, '')::date, '-infinity')
  and coalesce(nullif($2, '')::date, 'infinity')
order by e.day, e.entry_id
