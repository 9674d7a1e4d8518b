-- What bars a call: the law first, then the newest word on the number or the voter.
select b.reason
from (
  select 0 as place, 'protected' as reason, now() as at
  from voter where bucket = $3 and voter_id = $2 and protected
  union all
  select 1, 'consent_withdrawn', at from consent
  where bucket = $3 and voter_id = $2 and purpose = 'campaign' and channel = 'phone'
    and state = 'withdrawn'
  union all
  select 1, reason, at from suppression
  where ended_at is null and (number = $1 or voter_id = $2)
) b
order by b.place, b.at desc
limit 1
