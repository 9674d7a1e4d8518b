-- The numbers of locked hold-outs count as shown until the lock's end, from when they may be shown again, so that the database refuses to show them; those of every lock that still stands ($1, the experiment that just began, is one)
insert into line_attempt (lease_id, number, phonebank_id, caller_id, epoch, script_version, shown_at,
                          during, experiment_id)
select nextval('lease_id_seq'), n.number, 0, 0, n.experiment_id::int, 0, n.free_at,
       tstzrange(n.free_at, $2::timestamptz + interval '400 days'), n.experiment_id
from (
  select h.number, min(e.experiment_id) as experiment_id,
         greatest($2::timestamptz, (select max(upper(a.during)) from line_attempt a
                                    where a.number = h.number and not isempty(a.during)))
         as free_at
  from experiment_member e
  left join link k on k.home_id = e.voter_id
  join phone h on h.bucket = coalesce(k.bucket, e.bucket)
    and h.voter_id = coalesce(k.voter_id, e.voter_id)
  where e.held and e.experiment_id >= $1
    and not exists (select 1 from line_attempt a
                    where a.number = h.number and a.experiment_id is not null)
  group by h.number
) n
where n.free_at < $2::timestamptz + interval '400 days'
