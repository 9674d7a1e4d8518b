-- The voters behind lines, with the ids under which a page may know them from before a join or split
select l.place - 1, t.voter_id, t.home_id, t.voter_before
from unnest($1::bigint[], $2::bigint[]) with ordinality as l(phonebank_id, number, place)
join call_target t on t.phonebank_id = l.phonebank_id and t.number = l.number
