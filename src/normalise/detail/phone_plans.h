#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// The numbering plans of phone_metadata/, made by tools/embed_normalise.mjs.
namespace hustings::normalise::detail {

/// fixed_line, mobile, toll_free, premium_rate, personal_number, voicemail, uan, pager, voip,
/// shared_cost: bit 1 to 10 of a state's `accept`; bit 0 is "a number of the plan".
inline constexpr std::size_t kPhoneTypes = 10;

/// Plans stand by calling code; the first of a code is its main one.
struct PhonePlan {
  std::string_view country;  ///< "US"; "001" for a code of no country
  int calling_code;
  std::uint16_t idd;           ///< program of what one dials for abroad; 0: none
  std::uint16_t prefix;        ///< program of what stands before a national number; 0: none
  std::uint8_t prefix_groups;  ///< how many brackets it has
  std::string_view
      transform;          ///< "9$1": what the number becomes where the last bracket took digits
  std::uint16_t leading;  ///< program of the first digits that tell the country; 0: none
  std::uint32_t lengths;  ///< bit n: a national number may have n digits
  std::uint16_t state;    ///< where the automaton starts
  bool mobile_is_fixed;   ///< the form of a number does not tell mobile from fixed
};

/// A step of a program: see tools/phone_patterns.mjs.
enum class PhoneOp : std::uint8_t { set, split, jump, save, end, match };
struct PhoneStep {
  int op;           ///< PhoneOp
  std::uint16_t x;  ///< a set's digits as bits; where to go
  std::uint16_t y;  ///< where to go if x does not match
};

struct PhoneState {
  std::uint16_t accept;
  std::array<std::uint16_t, 10> next;
};

std::span<const PhonePlan> phone_plans();
std::span<const std::uint32_t, kPhoneTypes> phone_type_lengths(std::size_t plan);
std::span<const PhoneStep> phone_steps();
std::span<const PhoneState> phone_states();

/// Where a program matched at the front of a number.
struct PhonePrefix {
  std::size_t size = 0;
  std::array<std::string_view, 4> groups;  ///< 1 and 2; empty where a bracket took nothing
};
/// Runs the program at `place` on digits; false where it does not match their front.
bool match_prefix(std::uint16_t place, std::string_view digits, PhonePrefix& out);

/// The bits that the plan's automaton gives to a whole national number.
std::uint16_t accepted_by(const PhonePlan& plan, std::string_view national);

}  // namespace hustings::normalise::detail
