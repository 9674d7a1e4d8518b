-- Whether a caller wants to be seen on the board
select on_board from caller_shift where phonebank_id = $1 and person_id = $2
