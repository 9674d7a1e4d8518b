-- Whose room a phone bank is from now on
update phonebank
set room_state = nullif($2, ''), room_language = nullif($3, ''), room_team = nullif($4, ''),
    takes_guests = $5
where phonebank_id = $1
returning phonebank_id
