-- A voter who must not be called, in every phone bank
update call_target set state = 'barred', reason = $2
where voter_id = $1 and state = 'open'
returning phonebank_id, number
