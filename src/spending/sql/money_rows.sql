-- The one row of the settings and that of the planner, which the first writer makes.
with settings as (
  insert into spending_setting (one) values (1) on conflict do nothing)
insert into planning (one) values (1) on conflict do nothing
