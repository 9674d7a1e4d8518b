-- Whether a phone bank follows its list's segment; no row if there is none
update phonebank set follows = $2 where phonebank_id = $1 returning phonebank_id
