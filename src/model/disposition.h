#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace hustings {

/// The result of one try to reach a voter, in the field's words.
enum class Disposition : std::uint8_t {
  reached,
  no_answer,
  busy,
  left_message,
  wrong_number,
  disconnected,
  refused,
  do_not_call,
  deceased,
  moved,
  language,
  callback,
  voted_already,
  not_home,
};

std::string_view to_string(Disposition disposition);  ///< "no_answer"
std::optional<Disposition> disposition_from(std::string_view text);
std::span<const Disposition> all_dispositions();

/// When the line may be tried again.
enum class Retry : std::uint8_t {
  usual,     ///< after the phone bank's time between attempts
  soon,      ///< after the phone bank's time for busy, however long the usual time is
  next_day,  ///< after its time for messages or the usual time, whichever is longer
  promised,  ///< at the time promised to the voter
};

/// Whom a disposition bars from further calls, everywhere.
enum class Bars : std::uint8_t { nobody, number, voter };

/// What follows from a disposition; docs for callers: docs/reference.
struct DispositionEffect {
  bool ends_target = false;  ///< this voter need not be called again on this phone bank
  Retry retry = Retry::usual;
  Bars bars = Bars::nobody;  ///< with the disposition's own name as the reason
  bool spoken = false;       ///< somebody on the line spoke with the caller: a conversation
};

DispositionEffect effect_of(Disposition disposition);

}  // namespace hustings
