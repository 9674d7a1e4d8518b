-- One plan, in the column order of plans_page.
select p.plan_id, p.inputs, p.made_at, p.budget_cents, p.booked_cents, p.planned_cents,
  p.document::text, count(l.line), count(l.line) filter (where l.state = 'approved'),
  count(l.line) filter (where l.state = 'rejected'),
  coalesce(sum(l.cents) filter (where l.state = 'approved'), 0)::bigint
from plan p left join plan_line l using (plan_id)
where p.plan_id = $1 group by p.plan_id
