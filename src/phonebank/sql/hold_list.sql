-- Nobody joins the list until this transaction ends (who does takes its row for update): what is taken in is all up to followed_to
select 1 from list where list_id = $1 for share
