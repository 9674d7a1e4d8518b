-- Voters who are no longer in the registry must not be called, in any phone bank
update call_target t set state = 'barred', reason = 'removed'
where t.state = 'open'
  and not exists (select 1 from voter v where v.bucket = t.bucket and v.voter_id = t.voter_id)
returning phonebank_id, number
