-- A caller wants to be seen on the board, or no longer
insert into caller_shift (person_id, phonebank_id, joined_at, last_seen_at, on_board)
select $2, $1, m.at, m.at, $3
from (select coalesce($4::timestamptz, clock_timestamp()) as at) m
on conflict (phonebank_id, person_id) do update set on_board = excluded.on_board
