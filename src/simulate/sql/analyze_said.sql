-- So that a million of them are joined and not looped over
analyze said
