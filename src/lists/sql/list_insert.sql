-- A new list; its members follow in the same transaction.
insert into list (name, segment_id, segment_version, rule, feed_position, seed, size, households,
                  with_phone, size_max, holdout_percent, holdout, created_by, created_at, draw, arms,
                  arm_sizes, segment_versions, frame)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, to_jsonb($16::text[]), $17,
        $18, $19)
returning list_id
