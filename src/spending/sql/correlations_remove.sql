-- Makes the contests' own errors independent.
delete from contest_correlation
