-- A phone bank has taken in everybody who has joined its list
update phonebank p
set followed_to = (select coalesce(max(m.joined_at), 0) from list_member m
                   where m.list_id = p.list_id and m.joined_at is not null)
where p.phonebank_id = $1
