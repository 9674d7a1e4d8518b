-- The voters of a list whom a phone bank may call, all or ($3) those who have joined since: of its arm, never of the hold-out (arm 0), under whatever identity they stand there; barred ones with the reason, as in show_voters
-- (not in, over a set made once: a plan cannot mistake it for a loop in a loop)
with held_out as materialized (
  select coalesce(k.voter_id, x.voter_id) as voter_id
  from list_member x
  left join link k on k.home_id = x.voter_id
  where x.list_id = $2 and x.arm = 0
)
insert into call_target (
  phonebank_id, number, bucket, voter_id, home_bucket, home_id, state, reason
)
select $1, v.phone, v.bucket, v.voter_id, m.bucket, m.voter_id,
       case when b.reason is null then 'open' else 'barred' end, b.reason
from list_member m
join phonebank p on p.phonebank_id = $1
left join link l on l.home_id = m.voter_id
join voter v on v.bucket = coalesce(l.bucket, m.bucket)
  and v.voter_id = coalesce(l.voter_id, m.voter_id)
cross join lateral (
  select case when v.protected then 'protected' else coalesce(
    (select s.reason from suppression s
     where s.voter_id = v.voter_id and s.ended_at is null
     order by s.at desc limit 1),
    (select 'consent_withdrawn' from consent c
     where c.bucket = v.bucket and c.voter_id = v.voter_id
       and c.purpose = 'campaign' and c.channel = 'phone' and c.state = 'withdrawn'),
    case when (p.consent = 'all' or (p.consent = 'mobile' and v.phone::text ~ p.mobile_pattern))
      and not exists (
        select 1 from consent c
        where c.bucket = v.bucket and c.voter_id = v.voter_id
          and c.purpose = 'campaign' and c.channel = 'phone' and c.state = 'given')
    then 'no_consent' end,
    case when v.status in ('removed', 'denied') then v.status end,
    case when not exists (
      select 1 from phone h
      where h.bucket = v.bucket and h.voter_id = v.voter_id and h.number = v.phone)
    then 'number_changed' end) end as reason
  offset 0
) b
where m.list_id = $2 and m.arm = p.arm and (not $3 or m.joined_at > p.followed_to) and v.phone is not null
  and v.voter_id not in (select voter_id from held_out)
