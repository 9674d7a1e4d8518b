-- After a list was filled in: the planner must know the new size before the first claim
analyze queue_line
