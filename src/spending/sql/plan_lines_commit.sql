-- Approved lines become commitments with an entry each in the ledger.
with made as (
  insert into commitment (market_id, channel_id, week, plan_id, committed_cents, made_by, made_at)
  select market_id, channel_id, week, plan_id, cents, $3, $4::timestamptz
  from plan_line where plan_id = $1 and line = any ($2::bigint[])
  returning commitment_id, market_id, channel_id, week, committed_cents
), entered as (
  insert into ledger_entry (commitment_id, kind, cents, day, reference, entry_key, actor, at)
  select commitment_id, 'commitment', committed_cents, ($4::timestamptz at time zone 'UTC')::date,
    'plan', md5('plan ' || $1::bigint || ' ' || commitment_id)::uuid, $3, $4::timestamptz
  from made)
update plan_line l
set state = 'approved', decided_by = $3, decided_at = $4::timestamptz,
  commitment_id = made.commitment_id
from made
where l.plan_id = $1 and l.market_id = made.market_id and l.channel_id = made.channel_id
  and l.week = made.week and l.line = any ($2::bigint[])
