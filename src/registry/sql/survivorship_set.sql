-- Which identity a group of fields is taken from.
insert into survivorship (field_group, policy) values ($1, $2)
on conflict (field_group) do update set policy = excluded.policy
