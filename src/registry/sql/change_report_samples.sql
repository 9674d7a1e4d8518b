-- Some changes to look at, of many fields; nothing of protected voters.
select home_id, external_id, field, old, new
from (
  select *, row_number() over (partition by field order by hashint8(home_id), home_id) as place
  from change_report where not protected
) s
order by place, field limit 20
