-- The voters behind lines
select l.place - 1, t.voter_id
from unnest($1::bigint[], $2::bigint[]) with ordinality as l(phonebank_id, number, place)
join call_target t on t.phonebank_id = l.phonebank_id and t.number = l.number
