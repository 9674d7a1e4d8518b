-- A list has one experiment at a time, and a repeated request begins none anew.

-- experiments
alter table experiment add column begin_key uuid unique; -- made by who begins it; null: before, or none given
-- Of two that began on one list at the same moment, the first whose hold-out is locked goes on.
update experiment e set state = 'ended', ended_at = now()
where e.state <> 'ended' and exists (
  select 1 from experiment f
  where f.list_id = e.list_id and f.state <> 'ended'
    and (f.state = 'running', -f.experiment_id) > (e.state = 'running', -e.experiment_id));
update experiment_member m set held = false
from experiment e
where e.experiment_id = m.experiment_id and m.held and e.state = 'ended';
delete from line_attempt a using experiment e
where a.experiment_id = e.experiment_id and e.state = 'ended';
create unique index experiment_list_open on experiment (list_id) where state <> 'ended';
