-- New rows of numbers that are known to be wrong or disconnected.
update phone p
set status = case s.reason when 'wrong_number' then 'wrong' else 'disconnected' end
from suppression s
where s.ended_at is null and s.reason in ('wrong_number', 'disconnected')
  and p.number = s.number and p.import_id = $1 and p.status = 'unknown'
