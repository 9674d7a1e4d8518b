// The states by name, abbreviation and number: state_code of district.h.
#include <algorithm>
#include <array>

#include "normalise/district.h"
#include "normalise/fold.h"

namespace hustings::normalise {
namespace {

struct StateName {
  std::string_view code;
  int fips;  ///< FIPS 5-2
  std::string_view name;
};
constexpr std::array<StateName, 56> kStates = {
    {{"AL", 1, "ALABAMA"},        {"AK", 2, "ALASKA"},         {"AZ", 4, "ARIZONA"},
     {"AR", 5, "ARKANSAS"},       {"CA", 6, "CALIFORNIA"},     {"CO", 8, "COLORADO"},
     {"CT", 9, "CONNECTICUT"},    {"DE", 10, "DELAWARE"},      {"DC", 11, "DISTRICTOFCOLUMBIA"},
     {"FL", 12, "FLORIDA"},       {"GA", 13, "GEORGIA"},       {"HI", 15, "HAWAII"},
     {"ID", 16, "IDAHO"},         {"IL", 17, "ILLINOIS"},      {"IN", 18, "INDIANA"},
     {"IA", 19, "IOWA"},          {"KS", 20, "KANSAS"},        {"KY", 21, "KENTUCKY"},
     {"LA", 22, "LOUISIANA"},     {"ME", 23, "MAINE"},         {"MD", 24, "MARYLAND"},
     {"MA", 25, "MASSACHUSETTS"}, {"MI", 26, "MICHIGAN"},      {"MN", 27, "MINNESOTA"},
     {"MS", 28, "MISSISSIPPI"},   {"MO", 29, "MISSOURI"},      {"MT", 30, "MONTANA"},
     {"NE", 31, "NEBRASKA"},      {"NV", 32, "NEVADA"},        {"NH", 33, "NEWHAMPSHIRE"},
     {"NJ", 34, "NEWJERSEY"},     {"NM", 35, "NEWMEXICO"},     {"NY", 36, "NEWYORK"},
     {"NC", 37, "NORTHCAROLINA"}, {"ND", 38, "NORTHDAKOTA"},   {"OH", 39, "OHIO"},
     {"OK", 40, "OKLAHOMA"},      {"OR", 41, "OREGON"},        {"PA", 42, "PENNSYLVANIA"},
     {"RI", 44, "RHODEISLAND"},   {"SC", 45, "SOUTHCAROLINA"}, {"SD", 46, "SOUTHDAKOTA"},
     {"TN", 47, "TENNESSEE"},     {"TX", 48, "TEXAS"},         {"UT", 49, "UTAH"},
     {"VT", 50, "VERMONT"},       {"VA", 51, "VIRGINIA"},      {"WA", 53, "WASHINGTON"},
     {"WV", 54, "WESTVIRGINIA"},  {"WI", 55, "WISCONSIN"},     {"WY", 56, "WYOMING"},
     {"AS", 60, "AMERICANSAMOA"}, {"GU", 66, "GUAM"},          {"MP", 69, "NORTHERNMARIANAISLANDS"},
     {"PR", 72, "PUERTORICO"},    {"VI", 78, "VIRGINISLANDS"}}};
struct Alias {
  std::string_view name;
  std::string_view code;
};
constexpr std::array<Alias, 7> kAliases = {{{"NCAROLINA", "NC"},
                                            {"SCAROLINA", "SC"},
                                            {"NDAKOTA", "ND"},
                                            {"SDAKOTA", "SD"},
                                            {"WVIRGINIA", "WV"},
                                            {"WASHINGTONDC", "DC"},
                                            {"USVIRGINISLANDS", "VI"}}};

std::string_view by_fips(std::string_view digits) {
  int number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return {};
    number = number * 10 + (c - '0');
  }
  const auto* found = std::ranges::find(kStates, number, &StateName::fips);
  return found == kStates.end() ? std::string_view() : found->code;
}

constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

}  // namespace

std::string_view state_code(std::string_view text) {
  if (text.size() == 2) {  // nearly always
    for (const StateName& state : kStates) {
      if (state.code[0] == upper(text[0]) && state.code[1] == upper(text[1])) return state.code;
    }
  }
  if (text.size() > 64) return {};
  std::string squeezed;
  append_squeezed(folded(text), squeezed);
  if (squeezed.empty()) return {};
  if (squeezed.size() <= 2 && squeezed[0] <= '9') return by_fips(squeezed);
  for (const StateName& state : kStates) {
    if (state.name == squeezed || state.code == squeezed) return state.code;
  }
  for (const Alias& alias : kAliases) {
    if (alias.name == squeezed) return alias.code;
  }
  return {};
}

}  // namespace hustings::normalise
