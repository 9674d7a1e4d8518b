-- Opens, pauses or closes a phone bank
update phonebank set state = $2 where phonebank_id = $1 returning phonebank_id
