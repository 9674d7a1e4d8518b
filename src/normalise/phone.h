#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "model/phone.h"

/// Telephone numbers of the whole world. hustings::parse_phone is the short way for the North
/// American plan; everything else goes by libphonenumber's metadata (see phone_metadata/README.md).
/// Pure functions over a constant table; any thread may call them.
namespace hustings::normalise {

enum class PhoneType : std::uint8_t {
  unknown,
  fixed_line,
  mobile,
  fixed_line_or_mobile,  ///< the plan does not tell: most numbers of the United States
  toll_free,
  premium_rate,
  shared_cost,
  voip,
  personal_number,
  pager,
  uan,
  voicemail,
};
std::string_view to_string(PhoneType type);

/// Two capitals of ISO 3166 ("US", "GB"), "001" for numbers of no country (+800, +882 …), or empty.
using CountryCode = std::array<char, 3>;
std::string_view country_text(const CountryCode& country);

struct Phone {
  PhoneNumber number = 0;  ///< E.164 without the plus
  CountryCode country{};   ///< empty: one of several that share the code, not known which
  PhoneType type = PhoneType::unknown;
  bool is_valid = false;  ///< the metadata knows numbers of this form

  friend bool operator==(const Phone&, const Phone&) = default;
};

/// Reads a number as people write it: international ("+44 20 7946 0958", "011 44 …" from the US) or
/// as in `default_country` ("020 7946 0958" with "GB"). Labels ("(cell)", "home"), "tel:" and
/// extensions are left out. Nothing for what is no number: too short, too long, an unknown country,
/// fillers such as 0000000000.
std::optional<Phone> read_phone(std::string_view text, std::string_view default_country = "US");

/// The number alone, if it can be called: by its plan for North America (new area codes come faster
/// than metadata), by the metadata everywhere else, where
/// numbers at premium rates are nobody's and no longer ones than E.164 allows exist. The default
/// country is the campaign's.
std::optional<PhoneNumber> callable_phone(std::string_view text,
                                          std::string_view default_country = "US");

/// Country, type and validity of a number that is already E.164.
Phone phone_facts(PhoneNumber number);

}  // namespace hustings::normalise
