-- A list's arms and how they were drawn
select array(select jsonb_array_elements_text(arms)), arm_sizes, draw from list where list_id = $1
