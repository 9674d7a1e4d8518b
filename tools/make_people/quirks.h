// Puts into a person what real rolls contain by mistake or habit. What is finally in the file is
// counted by the roll writer, not here.
#pragma once

#include "make_people/person.h"
#include "make_people/rng.h"

namespace hustings::people {

void add_quirks(Rng& rng, const County& county, double scale, Person& person);

// Whether this person is in the roll under a second id.
bool is_twice_in_roll(Rng& rng, double scale);

}  // namespace hustings::people
