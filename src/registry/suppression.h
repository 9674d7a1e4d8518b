#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "model/ids.h"
#include "model/phone.h"
#include "pg/connection.h"

namespace hustings::registry {

/// Why somebody may not be contacted.
enum class SuppressionReason : std::uint8_t {
  do_not_call,
  wrong_number,
  disconnected,
  deceased,
  moved,
  already_voted,      ///< the ballot is in: nothing is left to ask for
  consent_withdrawn,  ///< follows from the voter's word on consent; cannot be added or ended
  protected_by_law,   ///< of the voter's own row; cannot be added or ended
};
std::string_view to_string(SuppressionReason reason);  ///< "do_not_call", …, "protected"
std::optional<SuppressionReason> suppression_reason_from(std::string_view text);

/// What the feed calls a change that is about a number: "number:19195550123".
std::string number_subject(PhoneNumber number);
/// The number that such a subject names; nothing for others.
std::optional<PhoneNumber> number_of_subject(std::string_view subject);

/// A bar on contact. With a number it acts on the number, whoever has it; with a voter on the
/// voter.
struct Suppression {
  std::optional<PhoneNumber> number;
  std::optional<VoterId> voter;
  SuppressionReason reason = SuppressionReason::do_not_call;
  std::string source;  ///< "call", "registry page", a file's name
  std::string actor;   ///< "person:3"
};

struct SuppressionShown {
  SuppressionId id;
  std::optional<PhoneNumber> number;
  std::optional<VoterId> voter;
  SuppressionReason reason{};
  std::string source;
  Instant at;
  std::optional<Instant> ended_at;
};

/// Told in the transaction that adds or ends a suppression, so that what hangs on it (queue lines)
/// changes with it or not at all.
class SuppressionListener {
 public:
  virtual ~SuppressionListener() = default;
  virtual void on_suppressed(pg::Transaction& transaction, std::optional<PhoneNumber> number,
                             std::optional<VoterId> voter, SuppressionReason reason) = 0;
  /// Many numbers at once, in ascending order.
  virtual void on_numbers_suppressed(pg::Transaction& transaction,
                                     std::span<const PhoneNumber> numbers,
                                     SuppressionReason reason) = 0;
  /// Many voters at once.
  virtual void on_voters_suppressed(pg::Transaction& transaction, std::span<const VoterId> voters,
                                    SuppressionReason reason) = 0;
  virtual void on_ended(pg::Transaction& transaction, std::optional<PhoneNumber> number,
                        std::optional<VoterId> voter, SuppressionReason reason) = 0;
  /// A voter who had not consented to the campaign's calls does now.
  virtual void on_consent_given(pg::Transaction& transaction, VoterId voter) = 0;
};

}  // namespace hustings::registry
