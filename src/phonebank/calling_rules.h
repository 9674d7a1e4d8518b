#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/phone.h"
#include "model/zone.h"

/// What the law and custom of a country say about calls to voters, as data with its sources: the
/// files of calling_rules/, embedded in the program.
namespace hustings::phonebank {

enum class DiallingMode : std::uint8_t {
  preview,      ///< the caller sees the number and dials
  progressive,  ///< the program dials when the caller is ready, one number a caller
  predictive,   ///< the program dials ahead of callers
  recorded,     ///< a recorded voice speaks
};
inline constexpr std::array<std::string_view, 4> kDiallingModes{"preview", "progressive",
                                                                "predictive", "recorded"};

/// Whose consent (campaign, by phone) a phone bank needs before it shows their number.
enum class ConsentNeed : std::uint8_t { none, mobile, all };
inline constexpr std::array<std::string_view, 3> kConsentNeeds{"none", "mobile", "all"};
std::string_view to_string(ConsentNeed need);
std::optional<ConsentNeed> consent_need_from(std::string_view text);

struct ModeRule {
  DiallingMode mode = DiallingMode::preview;
  bool offered = false;  ///< whether a phone bank may dial so at all
  bool mobile_needs_consent = false;
  bool landline_needs_consent = false;
  std::string source;
};

struct StateHours {
  std::string code;  ///< of the voter's address: "FL"
  CallingWeek hours;
  std::string source;
};

struct RuleNote {
  std::string text;
  std::string source;
};

struct CallingRules {
  std::string code;  ///< "us"
  std::string name;
  std::vector<int> calling_codes;
  ZoneNames zones;            ///< of every address there; empty: county and ZIP say
  std::string mobile;         ///< a regular expression; empty: every number counts as mobile
  CallingWindow usual_hours;  ///< what a new phone bank starts with
  CallingWeek hours;          ///< what it cannot leave
  std::string hours_source;
  std::vector<StateHours> states;  ///< narrower hours
  std::vector<ModeRule> modes;     ///< each mode once
  std::vector<RuleNote> notes;

  const ModeRule& mode(DiallingMode of) const;
  const StateHours* state(std::string_view of) const;
  /// What preview dialling needs by number type.
  ConsentNeed consent() const;
  /// Every zone that address and number imply under these rules. Empty: the number is not one of
  /// theirs, or nothing is known; it is never called then.
  ZoneNames zones_of(const Residence& residence, PhoneNumber number) const;
};

/// Reads a file of calling_rules/; `name` stands for it in errors. Every key is known or refused.
Result<CallingRules> parse_calling_rules(std::string_view text, std::string_view name);

/// The countries that the program knows, in their names' order, and which hours a key stands for.
class RuleBook {
 public:
  /// Of the embedded files. Throws Failure if one cannot be read, which a test excludes.
  RuleBook();

  std::span<const CallingRules> all() const { return rules_; }
  const CallingRules* find(std::string_view code) const;
  /// The hours of "us" or of "us:FL". A key that this program does not know is never open: the
  /// line was made by a newer program, whose rule cannot be kept.
  CallingWeek hours(std::string_view key) const;
  /// The keys of an address: its country's, and its state's if that has hours of its own.
  static std::vector<std::string> keys(const CallingRules& rules, std::string_view state,
                                       bool with_states);

 private:
  std::vector<CallingRules> rules_;
};

}  // namespace hustings::phonebank
