-- Which of the lines must not be called
copy suppression (number, reason, source, actor, at) from stdin
