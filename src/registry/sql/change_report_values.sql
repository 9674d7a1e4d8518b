-- The commonest changes of each field, old to new: where districts have new codes it shows here. Only what many have in common: a change of one voter is in the samples.
select field, old, new, count
from (
  select field, old, new, count(*) as count,
         row_number() over (partition by field order by count(*) desc, old, new) as place
  from change_report where not protected
  group by field, old, new having count(*) > 1
) g
where place <= 20
order by field, place
