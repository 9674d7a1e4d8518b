-- The times of a phone bank, locked while they change
select retry_seconds, busy_seconds, message_seconds, whole_passes
from phonebank where phonebank_id = $1 for update
