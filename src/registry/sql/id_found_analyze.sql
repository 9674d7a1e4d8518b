-- So that few voters are looked up and many are joined in one sweep.
analyze id_found
