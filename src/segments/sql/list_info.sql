-- One list, in the column order of list_infos.
select list_id, name, array(select jsonb_array_elements_text(arms)) from list where list_id = $1
