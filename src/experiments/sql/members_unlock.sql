-- Nobody of this experiment is held out any more
update experiment_member set held = false where experiment_id = $1 and held
