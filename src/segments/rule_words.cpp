#include "segments/rule_words.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "model/disposition.h"
#include "segments/field.h"
#include "segments/rule.h"

namespace hustings::segments {
namespace {

constexpr std::array<std::string_view, 6> kElectionKinds = {"general", "primary", "municipal",
                                                            "runoff",  "special", "other"};
constexpr std::array<std::string_view, 4> kPurposes = {"campaign", "fundraising", "volunteering",
                                                       "research"};
constexpr std::array<std::string_view, 6> kChannels = {
    "phone", "automated_phone", "text", "email", "mail", "door"};

struct Unit {
  char letter;
  std::chrono::seconds length;
};
constexpr std::array<Unit, 5> kUnits = {{{'w', std::chrono::weeks(1)},
                                         {'d', std::chrono::days(1)},
                                         {'h', std::chrono::hours(1)},
                                         {'m', std::chrono::minutes(1)},
                                         {'s', std::chrono::seconds(1)}}};

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known) {
  const std::string_view near = nearest(word, {known.begin(), known.end()});
  return near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near);
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  return std::ranges::all_of(std::array{0, 1, 2, 3, 5, 6, 8, 9}, [&](int i) {
    const char c = text[static_cast<std::size_t>(i)];
    return c >= '0' && c <= '9';
  });
}

bool is_year(std::string_view text) {
  return text.size() == 4 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::chrono::seconds> duration_from(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const auto unit = std::ranges::find(kUnits, text.back(), &Unit::letter);
  const auto count = parse_int(text.substr(0, text.size() - 1));
  if (unit == kUnits.end() || !count || *count < 1 || *count > kWithinMax / unit->length) {
    return std::nullopt;
  }
  return *count * unit->length;
}

std::string duration_text(std::chrono::seconds duration) {
  for (const Unit& unit : std::span(kUnits).subspan(1)) {
    if (duration % unit.length == std::chrono::seconds(0)) {
      return fmt::format("{}{}", duration / unit.length, unit.letter);
    }
  }
  return {};  // not reached: a second divides all
}

bool is_election_label(std::string_view text) {
  const std::size_t blank = text.find(' ');
  const std::string_view when = text.substr(0, blank);
  if (!is_date(when) && !is_year(when)) return false;
  return blank == std::string_view::npos || blank + 1 < text.size();
}

std::span<const std::string_view> election_kinds() { return kElectionKinds; }

bool is_meant(std::string_view label, const ElectionName& election) {
  const std::size_t blank = label.find(' ');
  const std::string_view when = label.substr(0, blank);
  if (when != election.held_on.substr(0, when.size())) return false;
  return blank == std::string_view::npos || label.substr(blank + 1) == election.kind;
}

bool is_question_key(std::string_view text) {
  return !text.empty() && text.size() <= kRuleValueBytesMax && is_utf8(text) &&
         text.find('\0') == std::string_view::npos;
}

bool is_score_name(std::string_view text) {
  return is_question_key(text) && text.find(':') == std::string_view::npos;
}

bool is_arm_name(std::string_view text) {
  constexpr std::size_t kNameMax = 60;
  return !text.empty() && text.size() <= kNameMax && is_plain(text);
}

Status check_election_kind(std::string_view kind, const std::string& where) {
  if (std::ranges::find(kElectionKinds, kind) != kElectionKinds.end()) return {};
  return invalid(fmt::format("An election is one of {}.{}", fmt::join(kElectionKinds, ", "),
                             did_you_mean(kind, kElectionKinds)),
                 where);
}

Status check_result(std::string_view result, const std::string& where) {
  if (disposition_from(result)) return {};
  std::vector<std::string_view> known;
  for (const Disposition disposition : all_dispositions())
    known.push_back(to_string(disposition));
  return invalid(fmt::format("A call has no result \"{}\".{}", result, did_you_mean(result, known)),
                 where);
}

std::span<const std::string_view> consent_purposes() { return kPurposes; }
std::span<const std::string_view> consent_channels() { return kChannels; }

Result<std::pair<ConsentPurpose, ConsentChannel>> consent_from(std::string_view key,
                                                               const std::string& where) {
  const std::size_t colon = std::min(key.find(':'), key.size());
  const auto purpose = consent_purpose_from(key.substr(0, colon));
  if (!purpose) {
    return invalid(
        fmt::format("Consent is for {}, as in \"consent:campaign:phone\".{}",
                    fmt::join(kPurposes, ", "), did_you_mean(key.substr(0, colon), kPurposes)),
        where);
  }
  const std::string_view after = colon < key.size() ? key.substr(colon + 1) : std::string_view();
  const auto channel = consent_channel_from(after);
  if (!channel) {
    return invalid(fmt::format("Consent is by {}, as in \"consent:campaign:phone\".{}",
                               fmt::join(kChannels, ", "), did_you_mean(after, kChannels)),
                   where);
  }
  return std::pair(*purpose, *channel);
}

std::string consent_name(ConsentPurpose purpose, ConsentChannel channel) {
  return fmt::format("consent:{}:{}", to_string(purpose), to_string(channel));
}

std::string unknown_field(std::string_view name) {
  std::vector<std::string_view> known;
  for (const FieldInfo& one : all_fields())
    known.push_back(one.name);
  const std::string_view bare = name.substr(0, name.find(':'));
  const auto same = std::ranges::find(known, bare);
  if (same != known.end()) {
    const bool takes =
        takes_key(all_fields()[static_cast<std::size_t>(same - known.begin())].field);
    return takes ? fmt::format("\"{0}\" takes a colon and a key: \"{0}:…\".", bare)
                 : fmt::format("\"{}\" takes no colon.", bare);
  }
  return fmt::format("There is no field \"{}\".{}", name, did_you_mean(bare, known));
}

}  // namespace hustings::segments
