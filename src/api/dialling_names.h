#pragma once

#include <array>
#include <string_view>

#include "api/spec.h"
#include "telephony/call_control.h"

/// The enums of call control by name, in the order of their values.
namespace hustings::api {

template <>
struct ChoiceNames<telephony::CallState> {
  static constexpr std::string_view kName = "CallState";
  static constexpr std::array<std::string_view, 4> kNames = {"asked", "ringing", "answered",
                                                             "ended"};
};

template <>
struct ChoiceNames<telephony::CallEnd> {
  static constexpr std::string_view kName = "CallEnd";
  static constexpr std::array<std::string_view, 7> kNames = {
      "no_answer", "busy", "bad_number", "declined", "failed", "cancelled", "finished"};
};

template <>
struct ChoiceNames<telephony::Driver> {
  static constexpr std::string_view kName = "DialDriver";
  static constexpr std::array<std::string_view, 2> kNames = {"manual", "simulator"};
};

}  // namespace hustings::api
