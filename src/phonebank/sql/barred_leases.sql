-- The leases whose number was barred, or whose voter was erased, after it had been shown: their callers are told at once.
select lease_id from queue_line where state = 'held' and reason is not null
union
select lease_id from erased_lease where at > clock_timestamp() - interval '1 hour'
order by lease_id
limit 10000
