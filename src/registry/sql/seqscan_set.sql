-- Off where a table that may be nearly empty is asked row by row while it grows: its plan would be a scan of all of it each time.
select set_config('enable_seqscan', $1, true)
