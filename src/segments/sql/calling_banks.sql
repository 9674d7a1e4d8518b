-- How the phone banks that are open or paused call, and the lists whose hold-outs are nobody's to call; while there is none, how the campaign's next one would
select list_id, opens_minute, closes_minute, coalesce(country, ''), state_hours, consent,
  mobile_pattern
from phonebank
where state <> 'closed'
union all
select null, 9 * 60, 21 * 60, coalesce((select country from calling_choice), ''),
  coalesce((select state_hours from calling_choice), true), 'none', ''
where not exists (select 1 from phonebank where state <> 'closed')
