-- The lines of a phone bank have taken their weights
update phonebank set priorities_at = coalesce($2::timestamptz, clock_timestamp())
where phonebank_id = $1
