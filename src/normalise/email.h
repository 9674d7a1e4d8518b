#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hustings::normalise {

/// Why an e-mail address is of no use; `none` for one that can be written to.
enum class EmailFault : std::uint8_t {
  none,
  empty,
  no_at,
  several_at,
  blank_inside,
  bad_local,    ///< before the @: empty, over 64 bytes, dots that do not belong
  bad_domain,   ///< behind the @: no dot, an empty or overlong label, a letter that cannot stand
                ///< there
  placeholder,  ///< none@none.com, na@na.na, noemail@…, test@example.com
};
std::string_view to_string(EmailFault fault);

/// Writes the address to `out` as it is kept and compared: blanks, "mailto:" and angle brackets
/// around it are taken off, the domain is in lower case (the part before the @ as well: no
/// provider of note tells case apart, people do not write it alike). Dots and plus are never
/// removed; a domain in other letters than ASCII is kept as it is. `out` is replaced, and empty
/// where there is a fault. Pure; any thread.
EmailFault normalise_email_to(std::string_view text, std::string& out);

}  // namespace hustings::normalise
