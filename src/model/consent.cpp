#include "model/consent.h"

#include <array>

namespace hustings {
namespace {

constexpr std::array<std::string_view, 4> kPurposes = {"campaign", "fundraising", "volunteering",
                                                       "research"};
constexpr std::array<std::string_view, 6> kChannels = {
    "phone", "automated_phone", "text", "email", "mail", "door"};
constexpr std::array<std::string_view, 2> kStates = {"given", "withdrawn"};

template <class Enum, std::size_t N>
std::string_view word_of(const std::array<std::string_view, N>& words, Enum value) {
  return words.at(static_cast<std::size_t>(value));
}

template <class Enum, std::size_t N>
std::optional<Enum> value_of(const std::array<std::string_view, N>& words, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(ConsentPurpose purpose) { return word_of(kPurposes, purpose); }
std::string_view to_string(ConsentChannel channel) { return word_of(kChannels, channel); }
std::string_view to_string(ConsentState state) { return word_of(kStates, state); }

std::optional<ConsentPurpose> consent_purpose_from(std::string_view text) {
  return value_of<ConsentPurpose>(kPurposes, text);
}
std::optional<ConsentChannel> consent_channel_from(std::string_view text) {
  return value_of<ConsentChannel>(kChannels, text);
}
std::optional<ConsentState> consent_state_from(std::string_view text) {
  return value_of<ConsentState>(kStates, text);
}

}  // namespace hustings
