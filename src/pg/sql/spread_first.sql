-- Spreads the table that the others are then laid beside.
select create_distributed_table($1::text::regclass, 'bucket',
                                colocate_with => 'none', shard_count => $2::int)
