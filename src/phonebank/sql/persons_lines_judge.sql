-- Lines of everybody who was joined or split: barred or done when nobody is left to call, waiting when somebody is there again whose bar it was; a held line is marked
with line as materialized (
  select t.phonebank_id, t.number, bool_or(o.state = 'open') as has_open,
         bool_or(o.state = 'done') as has_done, min(o.reason) as reason
  from (
    select from_id as voter_id from person_move union select to_id from person_move
  ) p
  join call_target t on t.voter_id = p.voter_id
  join call_target o on o.phonebank_id = t.phonebank_id and o.number = t.number
  group by t.phonebank_id, t.number
), next as (
  select q.phonebank_id, q.number,
    case when q.state = 'held' then 'held' when l.has_open then 'waiting'
         when l.has_done then 'done' else 'barred' end as state,
    case when l.has_open then null when l.has_done and q.state <> 'held' then 'complete'
         else l.reason end as reason
  from line l
  join queue_line q on q.phonebank_id = l.phonebank_id and q.number = l.number
  where case
    when l.has_open then q.state in ('barred', 'held', 'done') and q.reason in (
      'joined', 'holdout', 'complete', 'do_not_call', 'deceased', 'moved', 'already_voted',
      'consent_withdrawn', 'no_consent', 'removed', 'denied', 'number_changed', 'left_segment')
    else q.state in ('ready', 'waiting', 'held') end
)
update queue_line q
set state = n.state, reason = n.reason,
    promised = q.promised and n.reason is null,
    callback_for = case when n.reason is null then q.callback_for end
from next n
where q.phonebank_id = n.phonebank_id and q.number = n.number
