-- Whose room a phone bank is
select coalesce(room_state, ''), coalesce(room_language, ''), coalesce(room_team, ''), takes_guests
from phonebank where phonebank_id = $1
