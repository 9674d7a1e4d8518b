-- Why numbers that were shown must not be called when their callers wanted to
select reason, count(*) from dial_refusal where phonebank_id = $1 group by reason
