#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "segments/bitmap.h"
#include "segments/history.h"
#include "segments/rule.h"

namespace hustings::segments {

/// A condition on events, evaluated block by block: how many contact attempts of some kind, or
/// which answers. It shares the events' blocks, so it stays as of the version it was made from.
class EventTest {
 public:
  EventTest(const EventColumn<AttemptEvent>& attempts, const ContactsAre& rule, Instant now);
  /// `is_set`: the question takes several choices; one of them suffices.
  EventTest(const EventColumn<AnswerEvent>& answers, const ChoiceIn& rule, bool is_set,
            Instant now);
  /// Of answers that are numbers: Field::answer or Field::answered.
  EventTest(const EventColumn<AnswerEvent>& answers, const NumberIs& rule);

  enum class Outcome : std::uint8_t { none, all, some };
  /// Which rows of a block match; `bits` is filled for `some` only. Rows beyond the last may match.
  Outcome match(std::size_t block, BlockBits& bits) const;
  /// Whether one row matches.
  bool holds(Row row) const;

 private:
  /// Whole seconds since 1970, both included.
  struct Seconds {
    std::int64_t lo = std::numeric_limits<std::int64_t>::min();
    std::int64_t hi = std::numeric_limits<std::int64_t>::max();
    bool holds(std::int64_t at) const { return at >= lo && at <= hi; }
  };
  struct Attempts {
    EventColumn<AttemptEvent> events;
    std::uint32_t results = 0;  ///< a bit for each code; 0: any
    std::vector<std::uint32_t> phonebanks;
    std::int64_t least = 1;
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
    bool is_wanted(const AttemptEvent& event) const;
  };
  struct Answers {
    EventColumn<AnswerEvent> events;
    std::array<bool, 256> choices{};
    bool is_ever = false;
    std::optional<std::uint32_t> set{};  ///< of several choices: any of these bits
    struct Bounds {
      double least = -std::numeric_limits<double>::infinity();
      double most = std::numeric_limits<double>::infinity();
    };
    std::optional<Bounds> number{};
    bool is_wanted(const AnswerEvent& event) const;
  };

  static Attempts attempts_of(const EventColumn<AttemptEvent>& attempts, const ContactsAre& rule);
  static Answers answers_of(const EventColumn<AnswerEvent>& answers, const ChoiceIn& rule,
                            bool is_set);
  static Answers answers_of(const EventColumn<AnswerEvent>& answers, const NumberIs& rule);
  static Seconds seconds_of(const Span& span, Instant now);
  Outcome match(const Attempts& attempts, std::size_t block, BlockBits& bits) const;
  Outcome match(const Answers& answers, std::size_t block, BlockBits& bits) const;
  bool holds(const Attempts& attempts, Row row) const;
  bool holds(const Answers& answers, Row row) const;

  Seconds during_;
  std::variant<Attempts, Answers> what_;
};

}  // namespace hustings::segments
