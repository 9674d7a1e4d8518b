-- The numbers of the locked hold-outs of experiments, which no phone bank may show (phonebank/sql/hold_out_guard.sql)
select distinct number from line_attempt where experiment_id is not null
