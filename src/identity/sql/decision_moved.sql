-- Which identities a "same" brought to another person: what taking it back gives back.
update link_decision set moved = $2 where decision_id = $1
