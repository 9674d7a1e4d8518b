-- What follows in the transaction is planned as ever.
select set_config('enable_nestloop', 'on', true)
