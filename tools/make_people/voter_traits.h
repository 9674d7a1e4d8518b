// Everything of a voter that follows, with chance, from who and where they are: registration,
// party, and the truth that a campaign would like to know.
#pragma once

#include "make_people/person.h"
#include "make_people/rng.h"

namespace hustings::people {

void set_traits(Rng& rng, const County& county, const Household& home, Person& person);

std::string_view phone_state_name(PhoneState state);

// Done after the quirks, because a spoiled number is no number: whether the number works, and how
// likely somebody answers.
void set_phone_truth(Rng& rng, const Household& home, Person& person);

}  // namespace hustings::people
