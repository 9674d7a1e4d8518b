-- Where the next block of voter ids and of record ids begins.
select v.last_value + case when v.is_called then 1 else 0 end,
       r.last_value + case when r.is_called then 1 else 0 end
from voter_id_block v, record_id_block r
