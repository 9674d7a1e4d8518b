-- Forgets an attempt whose number nobody saw
delete from line_attempt where lease_id = $1
