-- How many voters of each line are still to be reached
select l.place - 1,
       (select count(*) from call_target t
        where t.phonebank_id = l.phonebank_id and t.number = l.number and t.state = 'open')
from unnest($1::bigint[], $2::bigint[]) with ordinality as l(phonebank_id, number, place)
