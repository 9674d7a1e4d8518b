-- The leases whose number was barred after it had been shown: their callers are told at once.
select lease_id from queue_line
where state = 'held' and reason is not null
order by lease_id
limit 1000
