-- Spreads a table so that a voter's rows lie on the voter's machine.
select create_distributed_table($1::text::regclass, 'bucket', colocate_with => $2::text)
