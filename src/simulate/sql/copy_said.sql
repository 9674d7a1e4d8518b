-- Every result that a caller has sent
copy said from stdin
