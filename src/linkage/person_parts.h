#pragma once

#include <string>
#include <string_view>

#include "linkage/records.h"
#include "normalise/address.h"
#include "normalise/person_name.h"

/// How the parts of a person that normalise/ has read become what is compared: the same for rows of
/// the registry and for the columns of any two files.
namespace hustings::linkage {

/// Sr and the first are one generation; beyond the fifth there is none in any file.
Generation generation_of(normalise::Generation read);

/// By the first letter, in any case: F or W, M, X or O; anything else says nothing.
Sex sex_of(std::string_view text);

/// "N OAK ST": the street with its directionals and type. A box stands as a street "PO BOX", with
/// its route; the box's number is then the house.
void street_to(const normalise::Address& address, std::string& out);
std::string_view house_of(const normalise::Address& address);

}  // namespace hustings::linkage
