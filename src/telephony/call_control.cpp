#include "telephony/call_control.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace hustings::telephony {
namespace {

constexpr std::array<std::string_view, 7> kEndNames{
    "no_answer", "busy", "bad_number", "declined", "failed", "cancelled", "finished"};

}  // namespace

std::string_view to_string(CallEnd end) { return kEndNames.at(static_cast<std::size_t>(end)); }

std::optional<CallEnd> call_end_from(std::string_view text) {
  const auto found = std::ranges::find(kEndNames, text);
  if (found == kEndNames.end()) return std::nullopt;
  return static_cast<CallEnd>(found - kEndNames.begin());
}

}  // namespace hustings::telephony
