-- Every last name, first name and ZIP code of the registry, once: what a search with a typo is compared with.
insert into search_word (kind, word)
select w.kind, w.word
from (
  select 'last' as kind, last_name as word from voter group by last_name
  union all
  select 'first', first_name from voter group by first_name
  union all
  select 'zip', state || ' ' || zip5 from voter where zip5 is not null group by state, zip5
) w
where not exists (select 1 from search_word s where s.kind = w.kind and s.word = w.word)
on conflict do nothing
