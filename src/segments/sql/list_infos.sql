-- All lists with the names of their arms, in the order of their numbers.
select list_id, name, array(select jsonb_array_elements_text(arms)) from list
