#pragma once

#include <string>
#include <string_view>

namespace hustings::registry {

/// Names are kept in upper case, as the state prints them; people read "McDonald", "O'Neal",
/// "Smith-Jones". A name that is not all upper case is left as it is.
std::string shown_name(std::string_view name);

/// Upper case for ASCII and for the letters of Latin-1 (é, ñ); anything else as it is. Keeps the
/// length. How names are kept and searched.
std::string upper_name(std::string_view name);

/// The same, written to `out`, which has room for name.size() bytes.
void upper_name_to(std::string_view name, char* out);

}  // namespace hustings::registry
