-- A number is right after all: its voters are called on it again, unless their next number was tried since or is just shown
with back as materialized (
  select t.phonebank_id, t.number, t.voter_id, t.home_id, n.number as next_number
  from queue_line q
  join call_target t on t.phonebank_id = q.phonebank_id and t.number = q.number
    and t.state = 'barred' and t.reason = 'joined'
  join call_target n on n.phonebank_id = t.phonebank_id and n.voter_id = t.voter_id
    and n.home_id = t.home_id and n.number <> t.number and n.last_disposition is null
    and (n.state = 'open' or n.reason = 'no_consent')
  join queue_line l on l.phonebank_id = n.phonebank_id and l.number = n.number
    and l.state <> 'held'
  where q.number = $1
    and not exists (select 1 from suppression s
                    where s.number = q.number and s.ended_at is null
                      and s.reason in ('wrong_number', 'disconnected'))
),
first_again as (
  update call_target t set state = 'open', reason = null
  from back b
  where t.phonebank_id = b.phonebank_id and t.number = b.number and t.voter_id = b.voter_id
    and t.home_id = b.home_id
)
update call_target n set state = 'barred', reason = 'joined'
from back b
where n.phonebank_id = b.phonebank_id and n.number = b.next_number and n.voter_id = b.voter_id
  and n.home_id = b.home_id
returning n.phonebank_id, n.number
