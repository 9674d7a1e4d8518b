-- Changes the settings.
update spending_setting
set currency = $1, budget_cents = $2, first_day = $3::date, weeks = $4, objective = $5, needed = $6,
  error_national = $7, error_regional = $8, error_contest = $9, scales = $10::double precision[],
  chances = $11::double precision[], poll_days = $12, poll_half_life = $13, explore_share = $14,
  explore_seed = $15, opponent = $16, committee = $17, poll_method = $18
