-- Which lines of a phone bank come first, and when that was last reckoned
select priorities, priorities_at from phonebank where phonebank_id = $1
