-- Whom a phone bank that follows a segment may call, and who has left it
select voter_id, state = 'open' from call_target
where phonebank_id = $1 and (state = 'open' or (state = 'barred' and reason = 'left_segment'))
