-- What counts now for a purpose and a channel.
select state from consent
where bucket = $1 and voter_id = $2 and purpose = $3 and channel = $4
