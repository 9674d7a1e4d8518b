-- The order that a lease had, and how the call ended if that is known
select caller_id, driver, outcome from dial_order where lease_id = $1
