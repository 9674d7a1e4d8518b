-- The place of a list's last member
select coalesce(max(ordinal), 0) from list_member where list_id = $1
