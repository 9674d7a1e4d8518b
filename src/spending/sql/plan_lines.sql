-- Lines of a plan in their order, behind a given one.
select l.line, m.name, h.name, l.week, l.cents, l.marginal, l.state, l.decided_by, l.commitment_id
from plan_line l join market m using (market_id) join channel h using (channel_id)
where l.plan_id = $1 and l.line > $2 order by l.line limit $3
