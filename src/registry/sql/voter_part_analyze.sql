-- Tells the planner about the rows; after the import is published.
-- (phones too: without, a number seems to have hundreds of owners, and the look at a line goes parallel)
analyze voter_i{import}, phone_i{import}
