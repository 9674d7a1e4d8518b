-- Contacts are over; hold-outs may be asked
update experiment set state = 'measuring', measuring_at = $2 where experiment_id = $1
