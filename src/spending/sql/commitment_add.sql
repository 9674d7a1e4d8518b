-- Money promised for a market, channel and week.
insert into commitment (market_id, channel_id, week, vendor_id, order_number, purpose, plan_id,
                        committed_cents, invoiced_cents, paid_cents, made_by, made_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
returning commitment_id
