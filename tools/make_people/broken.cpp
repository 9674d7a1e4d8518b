#include "make_people/broken.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "make_people/rng.h"

namespace hustings::people {
namespace {

// Columns of both layouts.
constexpr std::size_t kCountyId = 0;
constexpr std::size_t kNcid = 3;
constexpr std::size_t kLastName = 4;
constexpr std::size_t kRegistrationDate = 25;
constexpr std::size_t kBirthYear = 30;
constexpr std::size_t kFieldsDropped = 9;

constexpr std::array<std::string_view, kBreakages> kNames = {
    "too_few_fields", "too_many_fields",  "missing_ncid", "invalid_county",  "invalid_birth_year",
    "invalid_date",   "undecodable_byte", "nul_byte",     "repeated_header", "empty_line"};

std::vector<std::string> fields_of(std::string_view line, const Format& format) {
  line.remove_prefix(format.row_begin.size());
  line.remove_suffix(format.row_end.size());
  std::vector<std::string> fields;
  while (true) {
    const std::size_t end = line.find(format.separator);
    fields.emplace_back(line.substr(0, end));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + format.separator.size());
  }
}

template <typename Fields>
std::string joined(const Fields& fields, const Format& format) {
  std::string line(format.row_begin);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) line += format.separator;
    line += fields[i];
  }
  line += format.row_end;
  return line;
}

}  // namespace

std::string_view breakage_name(Breakage breakage) {
  return kNames[static_cast<std::size_t>(breakage)];
}

BrokenRows::BrokenRows(std::uint64_t count, std::uint64_t seed, std::uint64_t voters) {
  Rng rng(seed, 0xb20e);
  before_.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    before_.push_back(static_cast<std::uint64_t>(rng.unit() * static_cast<double>(voters)));
  }
  std::ranges::sort(before_);
}

std::uint64_t BrokenRows::first_from(std::uint64_t row) const {
  return static_cast<std::uint64_t>(
      std::distance(before_.begin(), std::ranges::lower_bound(before_, row)));
}

std::string BrokenRows::list() const {
  std::string text = "line,reason\n";
  for (std::uint64_t i = 0; i < count(); ++i) {
    // Line 1 is the header, so row 0 is on line 2 when nothing broken is in front of it.
    fmt::format_to(std::back_inserter(text), "{},{}\n", before_[i] + i + 2,
                   breakage_name(breakage(i)));
  }
  return text;
}

std::string spoil(std::string_view line, Breakage breakage, const Format& format) {
  std::vector<std::string> fields = fields_of(line, format);
  switch (breakage) {
    case Breakage::too_few_fields:
      fields.resize(fields.size() - kFieldsDropped);
      break;
    case Breakage::too_many_fields:
      fields.insert(fields.begin() + kLastName, "EXTRA");
      break;
    case Breakage::missing_ncid:
      fields[kNcid].clear();
      break;
    case Breakage::invalid_county:
      fields[kCountyId] = "999";
      break;
    case Breakage::invalid_birth_year:
      fields[kBirthYear] = "19X4";
      break;
    case Breakage::invalid_date:
      fields[kRegistrationDate] = "13/45/2020";
      break;
    case Breakage::undecodable_byte:
      fields[kLastName].insert(1, 1, '\x81');
      break;
    case Breakage::nul_byte:
      fields[kLastName].insert(1, 1, '\0');
      break;
    case Breakage::repeated_header:
      return header_line(roll_columns(format.layout), format);
    case Breakage::empty_line:
      return std::string(format.row_end.substr(format.row_begin.size()));
  }
  return joined(fields, format);
}

std::string header_line(const std::vector<std::string_view>& columns, const Format& format) {
  return joined(columns, format);
}

}  // namespace hustings::people
