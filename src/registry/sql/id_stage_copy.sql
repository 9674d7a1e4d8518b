-- Fills id_stage.
copy id_stage (external_id, bucket, voter_id) from stdin
