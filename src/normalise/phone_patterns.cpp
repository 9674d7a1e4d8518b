#include "normalise/detail/phone_plans.h"

namespace hustings::normalise::detail {
namespace {

/// The backtracking machine; numbers have at most some tens of digits, programs no loops.
class Machine {
 public:
  Machine(std::string_view digits, PhonePrefix& out) : digits_(digits), out_(out) {}

  bool run(std::size_t place, std::size_t at) {
    for (;;) {
      const PhoneStep step = steps_[place];
      switch (static_cast<PhoneOp>(step.op)) {
        case PhoneOp::set:
          if (at == digits_.size() || (step.x >> (digits_[at] - '0') & 1) == 0) return false;
          ++at;
          ++place;
          break;
        case PhoneOp::split:
          if (run(step.x, at)) return true;
          place = step.y;
          break;
        case PhoneOp::jump:
          place = step.x;
          break;
        case PhoneOp::save: {
          const std::size_t before = saved_[step.x];
          saved_[step.x] = at + 1;
          if (run(place + 1, at)) return true;
          saved_[step.x] = before;
          return false;
        }
        case PhoneOp::end:
          if (at != digits_.size()) return false;
          ++place;
          break;
        case PhoneOp::match:
          finish(at);
          return true;
      }
    }
  }

 private:
  void finish(std::size_t at) {
    out_.size = at;
    for (std::size_t group = 1; group < out_.groups.size(); ++group) {
      const std::size_t from = saved_[group * 2];
      const std::size_t to = saved_[group * 2 + 1];
      out_.groups[group] =
          from == 0 || to == 0 ? std::string_view() : digits_.substr(from - 1, to - from);
    }
  }

  std::span<const PhoneStep> steps_ = phone_steps();
  std::string_view digits_;
  PhonePrefix& out_;
  std::array<std::size_t, 8> saved_{};
};

}  // namespace

bool match_prefix(std::uint16_t place, std::string_view digits, PhonePrefix& out) {
  return place != 0 && Machine(digits, out).run(place, 0);
}

std::uint16_t accepted_by(const PhonePlan& plan, std::string_view national) {
  const auto states = phone_states();
  std::size_t state = plan.state;
  for (const char digit : national) {
    if (state == 0) return 0;
    state = states[state].next[static_cast<std::size_t>(digit - '0')];
  }
  return states[state].accept;
}

}  // namespace hustings::normalise::detail
