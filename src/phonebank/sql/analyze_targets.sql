-- Just filled: without its new size the planner would look up each voter by itself
analyze call_target
