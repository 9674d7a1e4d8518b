#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "api/spec.h"
#include "base/text.h"
#include "model/disposition.h"
#include "phonebank/calling_rules.h"
#include "phonebank/claim.h"
#include "phonebank/phonebank.h"
#include "phonebank/result.h"

/// The phone bank's enums by name, in the order of their values, and its times of day.
namespace hustings::api {

/// "09:00"; the end of the day is "24:00".
inline std::string time_of_day(std::chrono::minutes minutes) {
  return fmt::format("{:02}:{:02}", minutes.count() / 60, minutes.count() % 60);
}

/// "09:00"; "24:00" is the end of the day.
inline std::optional<std::chrono::minutes> minutes_from(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hours = parse_int(text.substr(0, 2));
  const auto minutes = parse_int(text.substr(3, 2));
  if (!hours || !minutes || *hours < 0 || *hours > 24 || *minutes < 0 || *minutes > 59) {
    return std::nullopt;
  }
  const std::chrono::minutes of_day(*hours * 60 + *minutes);
  return of_day > std::chrono::hours(24) ? std::nullopt : std::optional(of_day);
}

template <>
struct ChoiceNames<Disposition> {
  static constexpr std::string_view kName = "Disposition";
  static constexpr std::array<std::string_view, 14> kNames = {
      "reached",      "no_answer", "busy",          "left_message", "wrong_number",
      "disconnected", "refused",   "do_not_call",   "deceased",     "moved",
      "language",     "callback",  "voted_already", "not_home"};
};

template <>
struct ChoiceNames<phonebank::PhonebankState> {
  static constexpr std::string_view kName = "PhonebankState";
  static constexpr std::array<std::string_view, 3> kNames = {"open", "paused", "closed"};
};

template <>
struct ChoiceNames<phonebank::NothingReason> {
  static constexpr std::string_view kName = "NothingReason";
  static constexpr std::array<std::string_view, 6> kNames = {
      "none_ready", "outside_calling_hours", "paused", "closed", "all_done", "waiting"};
};

template <>
struct ChoiceNames<phonebank::ReleaseReason> {
  static constexpr std::string_view kName = "ReleaseReason";
  static constexpr std::array<std::string_view, 3> kNames = {"skipped", "break", "technical"};
};

template <>
struct ChoiceNames<phonebank::DiallingMode> {
  static constexpr std::string_view kName = "DiallingMode";
  static constexpr auto kNames = phonebank::kDiallingModes;
};

template <>
struct ChoiceNames<phonebank::ConsentNeed> {
  static constexpr std::string_view kName = "ConsentNeed";
  static constexpr auto kNames = phonebank::kConsentNeeds;
};

template <>
struct ChoiceNames<phonebank::CallbackBy> {
  static constexpr std::string_view kName = "CallbackBy";
  static constexpr std::array<std::string_view, 2> kNames = {"me", "anyone"};
};

}  // namespace hustings::api
