-- The planner takes the sets in resolve_records for small: with many persons it would look for each one's identities among all of them. Few persons are looked up by key.
select set_config('enable_nestloop',
                  case when (select count(*) from (select 1 from person_set limit 501) s) > 500
                    then 'off' else 'on' end, true)
