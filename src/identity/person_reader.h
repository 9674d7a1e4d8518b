#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "linkage/records.h"
#include "normalise/address.h"
#include "normalise/person_name.h"

namespace hustings::identity {

/// What is known of somebody, as it is written: by a file, or by a person in a form. Empty or 0
/// where it is not known.
struct PersonFields {
  std::string_view first;
  std::string_view middle;
  std::string_view last;
  std::string_view suffix;
  std::string_view gender;  ///< as linkage::sex_of() reads it
  linkage::BirthDate birth;
  std::string_view street;  ///< house number, street and unit
  std::string_view city;
  std::string_view zip;
  std::uint64_t phone = 0;  ///< E.164 without the plus
  std::string_view email;
};

/// Brings both sides of a comparison into the one form in which they are compared (normalise/).
/// Placeholders (*, CONFIDENTIAL, REMOVED, 00000, none@none.com) become nothing. Keeps its buffers;
/// for one thread.
class PersonReader {
 public:
  /// The views stay good until the next call, and as long as those of `fields`.
  linkage::Person read(const PersonFields& fields);

 private:
  void read_address(const PersonFields& fields, linkage::Person& person);

  normalise::NameForm name_;
  normalise::Address address_;
  std::string street_;
  std::string city_;
  std::string zip_;
  std::string email_;
};

}  // namespace hustings::identity
