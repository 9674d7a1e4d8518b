-- A list's arms and how they were drawn, locked until an experiment on it has begun
select array(select jsonb_array_elements_text(arms)), arm_sizes, draw from list where list_id = $1
for no key update
