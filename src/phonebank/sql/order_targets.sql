-- The next thousands of numbers with voters still to be called, all voters of each
select t.number, t.voter_id
from (select distinct number from call_target
      where phonebank_id = $1 and number > $2 and state = 'open'
      order by number limit $3) n
join call_target t on t.phonebank_id = $1 and t.number = n.number and t.state = 'open'
order by t.number
