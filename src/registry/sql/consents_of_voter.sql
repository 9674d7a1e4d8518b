-- Every word of a voter on consent, newest first; the newest on a purpose and channel counts.
select purpose, channel, state, source, evidence, actor, at, recorded_at,
       row_number() over (partition by purpose, channel
                          order by at desc, state = 'withdrawn' desc, event_id desc) = 1
from consent_event
where bucket = $1 and voter_id = $2
order by at desc, event_id desc
limit 500
