#pragma once

#include <cstdint>

#include "api/spec.h"
#include "base/clock.h"
#include "phonebank/tally.h"

namespace hustings::api {

/// Calls of a minute or an hour.
struct CallsAtShape {
  static constexpr std::string_view kName = "CallsAt";
  Instant at;
  std::int64_t calls = 0;
  std::int64_t conversations = 0;
  static Fields fields() {
    return {field("at", &CallsAtShape::at, "Where it begins."),
            field("calls", &CallsAtShape::calls, "Calls handed in."),
            field("conversations", &CallsAtShape::conversations, "Calls on which somebody spoke.")};
  }
  static CallsAtShape of(const phonebank::CallsAt& row) {
    return {row.at, row.calls.calls, row.calls.conversations};
  }
};

}  // namespace hustings::api
