-- The numbers that are barred for a reason now, one a line, as number lists are exchanged.
select distinct number from suppression
where ended_at is null and reason = $1 and number > $2
order by number
limit $3
