#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// What somebody allows the campaign to do: a purpose, by a channel.
namespace hustings {

enum class ConsentPurpose : std::uint8_t {
  campaign,  ///< persuading and getting out the vote: what phone banks call for
  fundraising,
  volunteering,
  research,  ///< surveys that are not part of a campaign call
};
enum class ConsentChannel : std::uint8_t { phone, automated_phone, text, email, mail, door };
enum class ConsentState : std::uint8_t { given, withdrawn };

std::string_view to_string(ConsentPurpose purpose);
std::string_view to_string(ConsentChannel channel);
std::string_view to_string(ConsentState state);
std::optional<ConsentPurpose> consent_purpose_from(std::string_view text);
std::optional<ConsentChannel> consent_channel_from(std::string_view text);
std::optional<ConsentState> consent_state_from(std::string_view text);

}  // namespace hustings
