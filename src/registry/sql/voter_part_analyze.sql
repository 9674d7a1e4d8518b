-- Tells the planner about the rows; after the import is published.
analyze voter_i{import}
