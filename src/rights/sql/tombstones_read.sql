-- Every tombstone.
select hash, key_id, kind, at from erasure_tombstone order by hash
