-- The line of a changed result as it stands, locked, with its voters still to be reached
select q.state, q.epoch, q.attempts, q.reason, q.promised, q.not_before, q.callback_for,
       (select count(*) from call_target t where t.phonebank_id = q.phonebank_id
        and t.number = q.number and t.state = 'open')
from queue_line q where q.phonebank_id = $1 and q.number = $2
for update of q
