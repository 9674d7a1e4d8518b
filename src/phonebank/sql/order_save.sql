-- A lead's wish of which lines come first
update phonebank set priorities = $2 where phonebank_id = $1 returning phonebank_id
