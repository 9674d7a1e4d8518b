-- Plans, newest first, before a given one; without their documents.
select p.plan_id, p.inputs, p.made_at, p.budget_cents, p.booked_cents, p.planned_cents, null,
  l.lines, l.approved, l.rejected, l.approved_cents
from plan p cross join lateral (
  select count(*) as lines, count(*) filter (where state = 'approved') as approved,
    count(*) filter (where state = 'rejected') as rejected,
    coalesce(sum(cents) filter (where state = 'approved'), 0)::bigint as approved_cents
  from plan_line where plan_id = p.plan_id) l
where p.plan_id < $1 order by p.plan_id desc limit $2
