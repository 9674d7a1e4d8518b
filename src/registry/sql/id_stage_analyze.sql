-- So that few ids are looked up and many are joined in one sweep.
analyze id_stage
