-- The planner shall know how many rows there are.
analyze duplicate_stage
