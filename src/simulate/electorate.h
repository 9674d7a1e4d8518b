#pragma once

#include <cstdint>
#include <string_view>

#include "model/ids.h"
#include "pg/connection.h"

/// The voters whom simulated callers call. They are laid down by COPY, since how voters are
/// imported is not what is looked at, and everything about them follows from the line's number: so
/// callers and checker need no table of them. Nobody of them exists.
namespace hustings::simulate {

constexpr std::int64_t kNumberOfLine0 = 19190000000;  ///< E.164 without the plus, North Carolina

constexpr std::int64_t kNextOfLine0 = 19840000000;  ///< the same region's other area code

constexpr std::int64_t number_of(std::int64_t line) { return kNumberOfLine0 + line; }
/// The number on which the line's voters are called when theirs turns out not to be theirs.
constexpr std::int64_t next_number_of(std::int64_t line) { return kNextOfLine0 + line; }
constexpr std::int64_t line_of(std::int64_t number) {
  return number < kNextOfLine0 ? number - kNumberOfLine0 : number - kNextOfLine0;
}
/// Every tenth line is of a household with two voters.
constexpr bool has_two_voters(std::int64_t line) { return line % 10 == 8; }
constexpr VoterId first_voter(std::int64_t line) { return VoterId(2 * line); }
constexpr VoterId second_voter(std::int64_t line) { return VoterId(2 * line + 1); }

/// Every twelfth line's voters have a second number.
constexpr bool has_next_number(std::int64_t line) { return line % 12 == 6; }

/// Why a line must never be shown; empty if it may be. The bar of a protected voter, of the
/// do-not-call list, of the list's hold-out, of a withdrawn consent.
constexpr std::string_view forbidden(std::int64_t line) {
  if (line % 101 == 3) return "protected";
  if (line % 50 == 7) return "do_not_call";
  if (line % 20 == 1) return "holdout";
  if (line % 97 == 5 && !has_two_voters(line)) return "consent_withdrawn";
  return {};
}

struct Lines {
  std::int64_t first = 1;
  std::int64_t count = 0;
};

/// Voters and a list of them.
ListId lay_down(pg::Connection& connection, const Lines& lines);

}  // namespace hustings::simulate
