-- What was repaired in the correlations, for people to read.
update spending_setting set correlation_note = $1
