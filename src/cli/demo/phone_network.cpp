#include "cli/demo/phone_network.h"

#include <algorithm>
#include <array>
#include <fstream>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"

namespace hustings::cli {
namespace {

struct Truth {
  std::uint8_t support;
  std::uint8_t answers_phone;
  std::string phone_state;
};

Result<std::ifstream> open_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return refuse(ErrorCode::unavailable, "The file cannot be read.", file.string());
  return in;
}

/// Where each of `names` stands in a header line.
Result<std::vector<std::size_t>> places(std::string_view header, char delimiter,
                                        const std::vector<std::string_view>& names,
                                        const std::string& file) {
  std::vector<std::string_view> columns = split(trim(header), delimiter);
  for (std::string_view& column : columns) {
    while (!column.empty() && column.front() == '"')
      column.remove_prefix(1);
    while (!column.empty() && column.back() == '"')
      column.remove_suffix(1);
  }
  std::vector<std::size_t> found;
  for (const std::string_view name : names) {
    const auto at = std::find(columns.begin(), columns.end(), name);
    if (at == columns.end()) return invalid(fmt::format("There is no column '{}'.", name), file);
    found.push_back(static_cast<std::size_t>(at - columns.begin()));
  }
  return found;
}

std::string_view unquoted(std::string_view field) {
  field = trim(field);
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
    field = field.substr(1, field.size() - 2);
  }
  return trim(field);
}

Result<std::unordered_map<std::string, Truth>> load_truth(const std::filesystem::path& file) {
  std::ifstream in = TRY(open_file(file));
  std::string line;
  std::getline(in, line);
  const auto at =
      TRY(places(line, ',', {"ncid", "support", "answers_phone", "phone_state"}, file.string()));
  std::unordered_map<std::string, Truth> truth;
  while (std::getline(in, line)) {
    const auto fields = split(line, ',');
    const auto percent = [&](std::size_t which) {
      return static_cast<std::uint8_t>(parse_int(unquoted(fields.at(at[which]))).value_or(0));
    };
    truth.emplace(unquoted(fields.at(at[0])),
                  Truth{percent(1), percent(2), std::string(unquoted(fields.at(at[3])))});
  }
  return truth;
}

/// Ten digits of the North American plan as E.164; 0 if there are not ten.
std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  int digits = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') continue;
    number = number * 10 + (c - '0');
    ++digits;
  }
  return digits == 10 ? 10'000'000'000 + number : 0;
}

}  // namespace

Result<PhoneNetwork> PhoneNetwork::load(const std::filesystem::path& roll,
                                        const std::filesystem::path& truth_file) {
  const auto truth = TRY(load_truth(truth_file));
  std::ifstream in = TRY(open_file(roll));
  std::string line;
  std::getline(in, line);
  const auto at = TRY(
      places(line, '\t', {"ncid", "first_name", "full_phone_number", "party_cd"}, roll.string()));
  PhoneNetwork network;
  while (std::getline(in, line)) {
    const auto fields = split(line, '\t');
    if (fields.size() <= *std::max_element(at.begin(), at.end())) continue;
    const std::int64_t number = number_of(unquoted(fields[at[2]]));
    const auto known = truth.find(std::string(unquoted(fields[at[0]])));
    if (number == 0 || known == truth.end()) continue;
    const Truth& real = known->second;
    network.lines_[number].push_back({.first_name = std::string(unquoted(fields[at[1]])),
                                      .ncid = known->first,
                                      .support = real.support,
                                      .answers_phone = real.answers_phone,
                                      .disconnected = real.phone_state == "disconnected",
                                      .wrong_number = real.phone_state == "wrong_number"});
    Group& group = network.by_party_[std::string(unquoted(fields[at[3]]))];
    group.voters += 1;
    group.support_sum += real.support / 100.0;
    group.pick_ups += real.answers_phone / 100.0;
    group.pick_up_support_sum += real.answers_phone / 100.0 * (real.support / 100.0);
  }
  return network;
}

PhoneNetwork::PickUp PhoneNetwork::dial(std::int64_t number, Rng& rng) const {
  const auto line = lines_.find(number);
  if (line == lines_.end() || line->second.front().disconnected) return PickUp::disconnected;
  const Person& person = line->second.front();
  if (!rng.chance(person.answers_phone / 100.0)) {
    if (rng.chance(0.05)) return PickUp::busy;
    return rng.chance(0.4) ? PickUp::machine : PickUp::nobody;
  }
  return person.wrong_number ? PickUp::wrong_number : PickUp::person;
}

int PhoneNetwork::opinion(std::int64_t number, std::string_view first_name) const {
  const auto line = lines_.find(number);
  if (line == lines_.end()) return 3;
  const auto& people = line->second;
  auto person = std::find_if(people.begin(), people.end(),
                             [&](const Person& p) { return p.first_name == first_name; });
  if (person == people.end()) person = people.begin();
  const std::uint64_t fixed = fingerprint64(person->ncid);
  if (fixed % 10'000 < person->support * 100U) return 1;
  return (fixed >> 32) % 4 == 0 ? 3 : 2;
}

}  // namespace hustings::cli
