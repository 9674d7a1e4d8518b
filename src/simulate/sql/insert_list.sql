-- The list of a simulation's lines
insert into list (name, rule, feed_position, seed, size, households, with_phone, holdout_percent,
                  holdout, created_by, created_at)
values ($1, '{}', 0, 7, $2, 0, $2, 5, 0, 'system', now())
returning list_id
