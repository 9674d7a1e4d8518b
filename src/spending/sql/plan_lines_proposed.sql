-- The lines of a plan that nobody has decided: those named, or all.
select line, market_id, channel_id, week, cents from plan_line
where plan_id = $1 and state = 'proposed'
  and (cardinality($2::bigint[]) = 0 or line = any ($2::bigint[]))
order by line for update
