#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "model/consent.h"

/// The words that a rule's JSON and its text have in common, read and refused alike.
namespace hustings::segments {

/// A day stands for its first second, or its last.
inline constexpr std::string_view kDayStarts = "T00:00:00Z";
inline constexpr std::string_view kDayEnds = "T23:59:59Z";

/// "7d", "36h", "90m", "30s", "2w": 1 second to kWithinMax.
std::optional<std::chrono::seconds> duration_from(std::string_view text);
/// In the largest of days, hours, minutes and seconds that says it exactly.
std::string duration_text(std::chrono::seconds duration);

/// "2022-11-08 general", "2022-11-08", "2022 general" or "2022".
bool is_election_label(std::string_view text);
inline constexpr std::string_view kElectionLabelSentence =
    "An election is named as \"2022-11-08 general\", \"2022 general\" or \"2022\".";
std::span<const std::string_view> election_kinds();
/// Whether an election is meant by such a label.
struct ElectionName {
  std::string_view held_on;  ///< "2022-11-08"
  std::string_view kind;
};
bool is_meant(std::string_view label, const ElectionName& election);

/// A question's key: any text of 1 to kRuleValueBytesMax bytes; a score's name has no colon.
bool is_question_key(std::string_view text);
bool is_score_name(std::string_view text);
bool is_arm_name(std::string_view text);
inline constexpr std::string_view kArmSentence =
    "An arm is named by 1 to 60 letters, digits, \"_\" or \"-\", such as \"holdout\".";

/// Refusals with the place given.
Status check_election_kind(std::string_view kind, const std::string& where);
/// A contact attempt's result (a disposition).
Status check_result(std::string_view result, const std::string& where);
/// "campaign:phone"
Result<std::pair<ConsentPurpose, ConsentChannel>> consent_from(std::string_view key,
                                                               const std::string& where);
std::string consent_name(ConsentPurpose purpose, ConsentChannel channel);  ///< with "consent:"
std::span<const std::string_view> consent_purposes();
std::span<const std::string_view> consent_channels();

/// "There is no field "x". Did you mean "y"?"
std::string unknown_field(std::string_view name);

}  // namespace hustings::segments
