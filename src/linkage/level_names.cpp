#include <array>

#include "linkage/comparison.h"

namespace hustings::linkage {
namespace {

template <class Level, std::size_t Count>
std::string_view name_in(const std::array<std::string_view, Count>& names, Level level) {
  const auto index = static_cast<std::size_t>(level);
  return index < Count ? names[index] : "unknown";
}

}  // namespace

std::string_view to_string(FirstLevel level) {
  constexpr std::array<std::string_view, kFirstLevels> kNames = {
      "missing",        "exact",     "nickname",       "slip of one letter",
      "one edit apart", "close",     "near",           "swapped with last",
      "middle name",    "different", "initial agrees", "initial differs"};
  return name_in(kNames, level);
}
std::string_view to_string(LastLevel level) {
  constexpr std::array<std::string_view, kLastLevels> kNames = {
      "missing",     "exact", "slip of one letter", "one edit apart", "close",
      "part agrees", "near",  "different"};
  return name_in(kNames, level);
}
std::string_view to_string(AddressLevel level) {
  constexpr std::array<std::string_view, kAddressLevels> kNames = {
      "missing",  "same",      "same house",          "partly the same",
      "same ZIP", "different", "same ZIP, no street", "other ZIP, no street"};
  return name_in(kNames, level);
}
std::string_view to_string(PhoneLevel level) {
  constexpr std::array<std::string_view, kPhoneLevels> kNames = {"missing", "same", "different"};
  return name_in(kNames, level);
}
std::string_view to_string(EmailLevel level) {
  constexpr std::array<std::string_view, kEmailLevels> kNames = {"missing", "same", "different"};
  return name_in(kNames, level);
}
std::string_view to_string(MiddleLevel level) {
  constexpr std::array<std::string_view, kMiddleLevels> kNames = {
      "missing", "exact", "close", "different", "initial agrees", "initial differs"};
  return name_in(kNames, level);
}
std::string_view to_string(BirthLevel level) {
  constexpr std::array<std::string_view, kBirthLevels> kNames = {"missing",
                                                                 "same",
                                                                 "one digit off",
                                                                 "month and day swapped",
                                                                 "other year, same day",
                                                                 "two parts agree",
                                                                 "same year",
                                                                 "different",
                                                                 "a generation apart",
                                                                 "same month, no day",
                                                                 "same year, other month",
                                                                 "other month",
                                                                 "same year alone",
                                                                 "year nearly the same",
                                                                 "other year"};
  return name_in(kNames, level);
}
std::string_view to_string(SuffixLevel level) {
  constexpr std::array<std::string_view, kSuffixLevels> kNames = {"none", "same", "on one side",
                                                                  "different"};
  return name_in(kNames, level);
}
std::string_view to_string(SexLevel level) {
  constexpr std::array<std::string_view, kSexLevels> kNames = {"missing", "same", "different"};
  return name_in(kNames, level);
}
std::string_view to_string(ExtraLevel level) {
  constexpr std::array<std::string_view, kExtraLevels> kNames = {"missing", "exact", "close",
                                                                 "near", "different"};
  return name_in(kNames, level);
}

}  // namespace hustings::linkage
