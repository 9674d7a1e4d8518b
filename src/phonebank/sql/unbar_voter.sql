-- The bar on a voter has ended
update call_target set state = 'open', reason = null
where voter_id = $1 and state = 'barred' and reason = $2
returning phonebank_id, number
