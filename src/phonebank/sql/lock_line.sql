-- A line as it stands, locked
select state, epoch, lease_id, lease_until, attempts, reason
from queue_line where phonebank_id = $1 and number = $2
for update
