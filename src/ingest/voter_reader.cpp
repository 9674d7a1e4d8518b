#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/row_reader.h"
#include "ingest/transforms.h"
#include "normalise/district.h"
#include "normalise/email.h"
#include "normalise/phone.h"
#include "registry/household.h"

namespace hustings::ingest {
namespace {

using registry::Quality;
using registry::VoterRow;

constexpr int kAgeMax = 120;
/// Registration dates before 1900 are slips of the pen.
constexpr std::int32_t kEarliest = -25'567;

bool needs_escape(std::string_view text) {
  for (const char c : text) {
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20) return true;
  }
  return false;
}

/// Writes a JSON text piece by piece into memory that is large enough.
class JsonWriter {
 public:
  explicit JsonWriter(char* out) : begin_(out), at_(out) {}
  void raw(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void escaped(std::string_view text) {
    for (const char c : text) {
      if (static_cast<unsigned char>(c) < 0x20) continue;  // codes have no line ends or bells
      if (c == '"' || c == '\\') *at_++ = '\\';
      *at_++ = c;
    }
  }
  std::size_t size() const { return static_cast<std::size_t>(at_ - begin_); }

 private:
  char* begin_;
  char* at_;
};

struct PlainText {
  Target target;
  std::string_view VoterRow::* member;
};
/// Columns that are taken as they are.
constexpr PlainText kPlain[] = {
    {Target::status_reason, &VoterRow::status_reason},
    {Target::race, &VoterRow::race},
    {Target::ethnicity, &VoterRow::ethnicity},
    {Target::party, &VoterRow::party},
    {Target::birth_place, &VoterRow::birth_place},
    {Target::county, &VoterRow::county},
    {Target::precinct, &VoterRow::precinct},
    {Target::municipality, &VoterRow::municipality},
    {Target::ward, &VoterRow::ward},
    {Target::congressional_district, &VoterRow::congressional_district},
    {Target::state_senate_district, &VoterRow::state_senate_district},
    {Target::state_house_district, &VoterRow::state_house_district},
    {Target::school_district, &VoterRow::school_district},
    {Target::county_commission_district, &VoterRow::county_commission_district},
};

}  // namespace

VoterReader::VoterReader(const FileFormat& format)
    : reader_(format),
      this_year_(static_cast<int>(std::chrono::year_month_day(format.today).year())) {}

void VoterReader::note(VoterRow& row, Quality quality) {
  row.quality |= bit(quality);
  ++counts_[static_cast<std::size_t>(quality)];
}

bool VoterReader::read(const Line& line, VoterRow& row, RowProblem& problem) {
  if (!reader_.split(line.text, line.part, problem)) return false;
  row = {};
  row.source = reader_.format().layout.source;
  if (!read_person(row, problem) || !read_state(row, problem) || !read_dates(row, problem)) {
    return false;
  }
  for (const PlainText& plain : kPlain) {
    row.*plain.member = reader_.text(plain.target);
    if (!reader_.code(plain.target, row.*plain.member, problem)) return false;
  }
  const LayoutColumn* party = reader_.layout_column(Target::party);
  if (!row.party.empty() && party != nullptr && !party->known.empty() &&
      std::ranges::find(party->known, row.party) == party->known.end()) {
    note(row, Quality::party_unknown);
  }
  const LayoutColumn* county = reader_.layout_column(Target::county);
  if (row.county.empty() && county != nullptr && county->is_required) {
    problem = {reader_.place(Target::county), "No county."};
    return false;
  }
  read_address(row);
  read_districts(row);
  if (!reader_.map().wide.empty()) read_votes(row);
  if (reader_.saw_protection() && !row.is_protected) hide(row);
  return true;
}

/// What must never be shown of a protected voter is not kept in the profile at all.
void VoterReader::hide(VoterRow& row) {
  row.is_protected = true;
  row.street = row.city = row.zip5 = row.zip4 = row.mail_address = row.email = "";
  // Districts together narrow down a street.
  row.precinct = row.municipality = row.ward = row.districts = "";
  row.congressional_district = row.state_senate_district = row.state_house_district = "";
  row.school_district = row.county_commission_district = "";
  row.household = 0;
  row.phone = 0;
}

bool VoterReader::is_hidden(const Line& line) {
  RowProblem problem;
  if (!reader_.split(line.text, line.part, problem)) return true;  // nobody can tell
  std::string_view word = reader_.text(Target::is_protected);
  if (!reader_.code(Target::is_protected, word, problem) || word == "yes") return true;
  const std::string_view street = reader_.text(Target::street);
  if (!street.empty() && reader_.protects(Target::street, street)) return true;
  for (std::size_t i = 0; i < reader_.map().names.size(); ++i)
    reader_.at(static_cast<std::int16_t>(i));
  return reader_.saw_protection();
}

/// Elsewhere than in the United States: a region's two letters, as the file has them ("BY", "ZH").
std::string_view VoterReader::region_code(std::string_view written) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  if (written.size() != 2 || !std::ranges::all_of(written, is_letter)) return {};
  return reader_.arena().copy(to_upper(written));
}

bool VoterReader::read_state(VoterRow& row, RowProblem& problem) {
  row.state = reader_.format().layout.state;
  if (!row.state.empty()) return true;
  const std::string_view written = reader_.text(Target::state);
  const std::string& home_country = reader_.format().home_country;
  row.state = home_country == "US" ? normalise::state_code(written) : region_code(written);
  if (!row.state.empty()) return true;
  if (written.empty()) {
    problem = {reader_.place(Target::state), "No state."};
  } else {
    problem = {reader_.place(Target::state),
               fmt::format("'{}' is no state{}.", written,
                           home_country == "US" ? "" : "; a region has two letters here")};
  }
  return false;
}

bool VoterReader::read_person(VoterRow& row, RowProblem& problem) {
  row.external_id = reader_.text(Target::external_id);
  if (row.external_id.empty()) {
    problem = {reader_.place(Target::external_id), "No id: nobody can tell whose row this is."};
    return false;
  }
  row.status = reader_.text(Target::status);
  if (!reader_.code(Target::status, row.status, problem)) return false;
  row.gender = reader_.text(Target::gender);
  if (!reader_.code(Target::gender, row.gender, problem)) return false;
  std::string_view word = reader_.text(Target::is_protected);
  if (!reader_.code(Target::is_protected, word, problem)) return false;
  row.is_protected = word == "yes";
  read_names(row);
  return true;
}

void VoterReader::read_names(VoterRow& row) {
  Arena& arena = reader_.arena();
  row.last_name = upper(reader_.text(Target::last_name), arena);
  row.first_name = upper(reader_.text(Target::first_name), arena);
  row.middle_name = upper(reader_.text(Target::middle_name), arena);
  row.suffix = upper(reader_.text(Target::suffix), arena);
  if (!row.middle_name.empty() && reader_.is_placeholder(Target::middle_name, row.middle_name)) {
    row.middle_name = "";
  }
  if (row.first_name.empty()) note(row, Quality::first_name_missing);
  if (!row.suffix.empty()) return;
  const SplitName split = split_suffix(row.last_name);
  if (split.suffix.empty()) return;
  row.last_name = split.name;
  row.suffix = split.suffix;
  note(row, Quality::suffix_in_last_name);
}

bool VoterReader::read_dates(VoterRow& row, RowProblem& problem) {
  const auto today = static_cast<std::int32_t>(reader_.format().today.time_since_epoch().count());
  bool placeholder = false;
  if (!reader_.date(Target::registered_on, row.registered_on, placeholder, problem)) return false;
  if (placeholder) note(row, Quality::registered_on_placeholder);
  if (row.registered_on && (*row.registered_on > today || *row.registered_on < kEarliest)) {
    row.registered_on.reset();
    note(row, Quality::registered_on_implausible);
  }
  return read_birth_date(row, problem) && read_birth_year(row, problem);
}

bool VoterReader::read_birth_date(VoterRow& row, RowProblem& problem) {
  std::optional<WrittenDate> date;
  bool placeholder = false;
  if (!reader_.partial_date(Target::birth_date, date, placeholder, problem)) return false;
  if (placeholder) note(row, Quality::birth_year_implausible);
  if (!date) return true;
  if (date->year > this_year_ || date->year < this_year_ - kAgeMax) {
    note(row, Quality::birth_year_implausible);
    return true;
  }
  row.birth_year = static_cast<std::int16_t>(date->year);
  row.birth_month = static_cast<std::int16_t>(date->month);
  if (date->day != 0) row.birth_date = days_of(*date);
  return true;
}

bool VoterReader::read_birth_year(VoterRow& row, RowProblem& problem) {
  if (row.birth_year != 0) return true;
  if (reader_.place(Target::birth_year) == ColumnMap::kAbsent) {
    read_age(row);
    return true;
  }
  const std::string_view text = reader_.text(Target::birth_year);
  if (text.empty() || reader_.is_placeholder(Target::birth_year, text)) return true;
  const auto year = parse_int(text);
  if (!year) {
    problem = {reader_.place(Target::birth_year), fmt::format("'{}' is no year.", text)};
    return false;
  }
  if (*year > this_year_ || *year < this_year_ - kAgeMax) {
    note(row, Quality::birth_year_implausible);
  } else {
    row.birth_year = static_cast<std::int16_t>(*year);
  }
  return true;
}

void VoterReader::read_age(VoterRow& row) {
  const std::string_view text = reader_.text(Target::age);
  if (text.empty()) return;
  const auto age = parse_int(text);
  if (!age || *age < 0 || *age > kAgeMax || reader_.is_placeholder(Target::age, text)) {
    note(row, Quality::birth_year_implausible);
    return;
  }
  row.birth_year = static_cast<std::int16_t>(this_year_ - *age);
  note(row, Quality::birth_year_from_age);
}

void VoterReader::read_address(VoterRow& row) {
  row.street = reader_.text(Target::street);
  if (!row.street.empty() && reader_.is_placeholder(Target::street, row.street)) {
    const bool protects = reader_.protects(Target::street, row.street);
    row.is_protected = row.is_protected || protects;
    note(row, protects ? Quality::address_confidential : Quality::address_removed);
    row.street = "";
  }
  row.is_protected = row.is_protected || reader_.saw_protection();
  if (row.is_protected) {
    row.street = "";
    return;
  }
  row.city = reader_.text(Target::city);
  if (!row.city.empty() && reader_.is_placeholder(Target::city, row.city)) row.city = "";
  if (const std::string_view text = reader_.text(Target::zip); !text.empty()) {
    if (const auto zip = parse_zip(text)) {
      row.zip5 = zip->five;
      row.zip4 = zip->four;
    } else {
      note(row, Quality::zip_unusable);
    }
  }
  row.household = registry::household_id({row.state, row.zip5, row.street});
  read_mail_address(row);
  read_reach(row);
}

void VoterReader::read_reach(VoterRow& row) {
  const LayoutColumn* phone = reader_.layout_column(Target::phone);
  const std::string& home_country = reader_.format().home_country;
  if (phone != nullptr && phone->join == Join::first) {
    bool any = false;
    for (const std::int16_t piece : reader_.pieces(Target::phone)) {
      const std::string_view text = reader_.at(piece);
      any = any || !text.empty();
      row.phone = normalise::callable_phone(text, home_country).value_or(0);
      if (row.phone != 0) break;
    }
    if (any && row.phone == 0) note(row, Quality::phone_unusable);
  } else if (const std::string_view text = reader_.text(Target::phone); !text.empty()) {
    row.phone = normalise::callable_phone(text, home_country).value_or(0);
    if (row.phone == 0) note(row, Quality::phone_unusable);
  }
  if (const std::string_view text = reader_.text(Target::email); !text.empty()) {
    if (normalise::normalise_email_to(text, email_) == normalise::EmailFault::none) {
      row.email = reader_.arena().copy(email_);
    }
  }
}

void VoterReader::read_mail_address(VoterRow& row) {
  std::array<std::string_view, 12> parts;
  std::size_t count = 0;
  std::size_t bytes = 0;
  const auto add = [&](std::string_view text) {
    if (text.empty() || count == parts.size()) return;
    parts[count++] = text;
    bytes += text.size() + 2;
  };
  for (const std::int16_t place : reader_.map().mail_lines) {
    const std::string_view text = reader_.at(place);
    if (!text.empty() && !reader_.is_placeholder(Target::mail_lines, text)) add(text);
  }
  add(reader_.text(Target::mail_city));
  const std::size_t lines = count;
  add(reader_.text(Target::mail_state));
  add(reader_.text(Target::mail_zip));
  if (count == 0) return;
  char* const begin = reader_.arena().take(bytes);
  char* at = begin;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) {
      if (i <= lines) *at++ = ',';
      *at++ = ' ';
    }
    std::memcpy(at, parts[i].data(), parts[i].size());
    at += parts[i].size();
  }
  row.mail_address = {begin, static_cast<std::size_t>(at - begin)};
}

void VoterReader::read_districts(VoterRow& row) {
  constexpr std::size_t kDistrictsMax = 64;
  const ColumnMap& map = reader_.map();
  if (keys_of_ != &map) {
    keys_of_ = &map;
    district_keys_.clear();
    for (const std::string& name : map.district_names)
      district_keys_.push_back(fmt::format(R"("{}":")", name));
  }
  std::array<std::string_view, kDistrictsMax> values;
  const std::size_t count = std::min(map.districts.size(), kDistrictsMax);
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = reader_.at(map.districts[i]);
    if (!map.district_words[i].empty()) {
      const auto word = map.district_words[i].find(std::string(values[i]));
      if (word != map.district_words[i].end()) values[i] = word->second;
    }
    if (!values[i].empty()) bytes += district_keys_[i].size() + values[i].size() * 2 + 2;
  }
  if (bytes == 0) return;
  char* const begin = reader_.arena().take(bytes + 2);
  JsonWriter out(begin);
  for (std::size_t i = 0; i < count; ++i) {
    if (values[i].empty()) continue;
    out.raw(out.size() == 0 ? "{" : ",");
    out.raw(district_keys_[i]);
    needs_escape(values[i]) ? out.escaped(values[i]) : out.raw(values[i]);
    out.raw("\"");
  }
  out.raw("}");
  row.districts = {begin, out.size()};
}

void VoterReader::read_votes(const VoterRow& row) {
  votes_.clear();
  const Layout& layout = reader_.format().layout;
  const CodeTable* codes = layout.wide->codes < 0
                               ? nullptr
                               : &layout.codes[static_cast<std::size_t>(layout.wide->codes)];
  for (const WideColumn& wide : reader_.map().wide) {
    std::string_view value = reader_.at(wide.place);
    const std::string_view party = reader_.at(wide.party_place);
    if (value.empty() && party.empty()) continue;
    if (const std::string* word = codes == nullptr ? nullptr : codes->find(value)) value = *word;
    if (value == kNoVote) continue;
    const bool is_party = layout.wide->is_party;
    votes_.push_back({.election = wide.election,
                      .method = is_party ? std::string_view() : value,
                      .party = is_party ? value : party,
                      .county = row.county});
  }
}

}  // namespace hustings::ingest
