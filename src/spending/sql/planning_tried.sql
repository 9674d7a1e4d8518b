-- Notes a try to plan, and why it came to nothing.
update planning set inputs = greatest(inputs, $1), problem = $2, tried_at = $3
