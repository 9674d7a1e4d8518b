-- The lists that phone banks work through, whose hold-outs are nobody's to call, and the banks' hours
select list_id, min(opens_minute)::int, max(closes_minute)::int
from phonebank
where state <> 'closed'
group by list_id
order by list_id
