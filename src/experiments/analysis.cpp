#include "experiments/analysis.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "experiments/trial_of.h"
#include "statistics/power.h"
#include "statistics/special.h"

namespace hustings::experiments {

using statistics::Adjustment;
using statistics::Effect;
using statistics::Errors;
using statistics::Trial;

namespace {

/// Below this many clusters the usual robust errors are too small (Bell and McCaffrey 2002).
constexpr std::size_t kFewClusters = 60;
constexpr double kSuspiciousP = 0.001;

std::optional<double> known(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// Numbers from 0 in the order of their first appearance, for keys below `keys`.
class Numbering {
 public:
  explicit Numbering(std::size_t keys) : numbers_(keys, kNone) {}
  std::uint32_t of(std::uint32_t key) {
    std::uint32_t& number = numbers_[key];
    if (number == kNone) number = count_++;
    return number;
  }
  std::size_t count() const { return count_; }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  std::vector<std::uint32_t> numbers_;
  std::uint32_t count_ = 0;
};

std::size_t codes_of(const Subjects& subjects, std::uint32_t Member::* code) {
  std::uint32_t most = 0;
  for (const Member& member : subjects.members)
    most = std::max(most, member.*code);
  return std::size_t{most} + 1;
}

/// Baselines as covariates: what is not known has the mean, what is the same for all is left out.
std::vector<std::vector<double>> covariates_of(const Subjects& subjects,
                                               const std::vector<std::size_t>& rows) {
  std::vector<std::vector<double>> out;
  for (std::size_t which = 0; which < kBaselines; ++which) {
    double sum = 0;
    std::size_t n = 0;
    for (const std::size_t row : rows) {
      const float value = subjects.members[row].baseline[which];
      if (std::isnan(value)) continue;
      sum += value;
      ++n;
    }
    if (n * 2 < rows.size()) continue;  // known of less than half: not worth its missing values
    const double mean = sum / static_cast<double>(n);
    std::vector<double> column;
    column.reserve(rows.size());
    bool varies = false;
    for (const std::size_t row : rows) {
      const float value = subjects.members[row].baseline[which];
      column.push_back(std::isnan(value) ? mean : static_cast<double>(value));
      varies = varies || column.back() != column.front();
    }
    if (varies) out.push_back(std::move(column));
  }
  return out;
}

void add_arms(const Subjects& subjects, Findings& findings) {
  const std::size_t arms = subjects.arms.size();
  const std::size_t units = codes_of(subjects, &Member::cluster);
  std::vector<Numbering> clusters(arms, Numbering(units));
  std::vector<double> sums(arms);
  std::vector<double> squares(arms);
  findings.arms.resize(arms);
  for (const Member& member : subjects.members) {
    ArmFacts& facts = findings.arms[member.arm];
    ++facts.assigned;
    clusters[member.arm].of(member.cluster);
    facts.tried += member.tried ? 1 : 0;
    facts.contacted += member.contacted ? 1 : 0;
    findings.leaked += member.leaked ? 1 : 0;
    if (std::isnan(member.value)) continue;
    ++facts.answered;
    sums[member.arm] += member.value;
    squares[member.arm] += static_cast<double>(member.value) * member.value;
  }
  for (std::size_t arm = 0; arm < arms; ++arm) {
    ArmFacts& facts = findings.arms[arm];
    facts.name = subjects.arms[arm];
    facts.is_control = arm == 0;
    facts.clusters = static_cast<std::int64_t>(clusters[arm].count());
    if (facts.answered == 0) continue;
    const auto n = static_cast<double>(facts.answered);
    const double mean = sums[arm] / n;
    Figure figure{.value = mean};
    if (facts.answered > 1) {
      const double variance = std::max(0.0, squares[arm] - n * mean * mean) / (n - 1);
      figure.se = std::sqrt(variance / n);
      const double half = statistics::student_quantile(1 - kAlpha / 2, n - 1) * *figure.se;
      figure.lower = mean - half;
      figure.upper = mean + half;
    }
    facts.mean = figure;
  }
}

/// Why an arm cannot be compared with control; empty: it can.
std::string obstacle(const Subjects& subjects, const Pair& pair, const Findings& findings) {
  const std::string& name = subjects.arms[pair.arm];
  for (const std::size_t arm : {std::size_t{0}, std::size_t{pair.arm}}) {
    const ArmFacts& facts = findings.arms[arm];
    if (facts.answered >= 2) continue;
    return fmt::format(
        "Of \"{}\" {} of {} voters {} a known outcome; at least two are needed before it can be "
        "compared.",
        facts.name, facts.answered, with_thousands(facts.assigned),
        facts.answered == 1 ? "has" : "have");
  }
  const std::vector<double>& values = pair.trial.outcome;
  if (std::ranges::all_of(values, [&](double value) { return value == values.front(); })) {
    return fmt::format(
        "All outcomes of \"{}\" and of the control group are equal ({}), so there is nothing to "
        "compare.",
        name, values.front());
  }
  if (pair.clusters < 2) {
    return fmt::format(
        "All voters of \"{}\" and of the control group are of one cluster, so nothing can be said "
        "of how clusters differ.",
        name);
  }
  return {};
}

EffectRow row_of(const Subjects& subjects, const Pair& pair, Method method, const Effect& effect) {
  return {.arm = subjects.arms[pair.arm],
          .method = method,
          .effect = figure_of(effect),
          .n = static_cast<std::int64_t>(effect.estimate.n),
          .errors = std::string(name_of(pair.errors)),
          .reached = std::nullopt,
          .variance_explained = std::nullopt};
}

void add_adjusted(const Subjects& subjects, const Pair& pair, Findings& findings) {
  if (pair.trial.covariates.empty()) return;
  const bool blocked = !pair.trial.block.empty();
  const auto adjusted = statistics::intention_to_treat(
      pair.trial,
      {.adjustment = blocked ? Adjustment::additive : Adjustment::lin, .errors = pair.errors});
  if (adjusted)
    findings.effects.push_back(row_of(subjects, pair, Method::covariates, adjusted->front()));
  const auto cuped = statistics::cuped(pair.trial, 1, pair.errors);
  if (!cuped) return;
  findings.effects.push_back(row_of(subjects, pair, Method::cuped, cuped->effect));
  findings.effects.back().variance_explained = known(cuped->variance_reduction);
}

void add_contact(const Subjects& subjects, const Pair& pair, Findings& findings) {
  const ArmFacts& control = findings.arms[0];
  const std::string& name = subjects.arms[pair.arm];
  if (subjects.is_placebo) {
    const auto placebo = statistics::placebo_effect(pair.trial, 1, {.errors = pair.errors});
    if (placebo) {
      findings.effects.push_back(row_of(subjects, pair, Method::placebo, *placebo));
    } else {
      findings.sentences.push_back(fmt::format(
          "Those who were reached in \"{}\" and in the placebo group cannot be compared yet: {}",
          name, placebo.error().sentence));
    }
    return;
  }
  if (findings.arms[pair.arm].contacted == 0) {
    findings.sentences.push_back(fmt::format(
        "Nobody of \"{}\" has been reached yet, so an effect of contact cannot be seen.", name));
    return;
  }
  const Errors errors = pair.errors == Errors::cr2 ? Errors::cr1 : pair.errors;
  const auto contact = statistics::contact_effect(
      pair.trial, 1, {.errors = errors, .crossover = control.contacted > 0});
  if (!contact) {
    findings.sentences.push_back(
        fmt::format("The effect of contact in \"{}\": {}", name, contact.error().sentence));
    return;
  }
  EffectRow row = row_of(subjects, pair, Method::contact, contact->contact);
  row.errors = name_of(errors);
  row.reached = contact->reached.estimate.value;
  findings.effects.push_back(std::move(row));
}

/// Who answers may depend on the arm; then those who did cannot be compared without more.
void check_response(const Subjects& subjects, std::uint8_t arm, Findings& findings) {
  const ArmFacts& treated = findings.arms[arm];
  const ArmFacts& control = findings.arms[0];
  if (treated.answered == treated.assigned && control.answered == control.assigned) return;
  if (treated.answered < 2 || control.answered < 2) return;
  const Pair everybody = pair_of(subjects, arm, Whose::everybody);
  const auto effect = statistics::intention_to_treat(everybody.trial, {.errors = everybody.errors});
  if (!effect || !(effect->front().p < kSuspiciousP)) return;
  const auto share = [](const ArmFacts& facts) {
    return 100.0 * static_cast<double>(facts.answered) / static_cast<double>(facts.assigned);
  };
  findings.sentences.push_back(fmt::format(
      "An outcome is known of {:.1f} % of \"{}\" and of {:.1f} % of the control group: more than "
      "chance. Those who answered may differ for that reason alone.",
      share(treated), treated.name, share(control)));
}

void add_balance(const Subjects& subjects, std::uint8_t arm, Findings& findings) {
  Pair everybody = pair_of(subjects, arm, Whose::everybody);
  for (std::size_t which = 0; which < kBaselines; ++which) {
    double sums[2] = {0, 0};
    double squares = 0;
    double counts[2] = {0, 0};
    for (const std::size_t row : everybody.rows) {
      const Member& member = subjects.members[row];
      const float value = member.baseline[which];
      if (std::isnan(value)) continue;
      const std::size_t side = member.arm == 0 ? 0 : 1;
      sums[side] += value;
      counts[side] += 1;
      if (side == 0) squares += static_cast<double>(value) * value;
    }
    if (counts[0] < 2 || counts[1] < 2) continue;
    const double control = sums[0] / counts[0];
    const double treated = sums[1] / counts[1];
    const double variance = (squares - counts[0] * control * control) / (counts[0] - 1);
    if (!(variance > 0)) continue;
    findings.balance.push_back({.name = std::string(kBaselineNames[which]),
                                .arm = subjects.arms[arm],
                                .control = control,
                                .treated = treated,
                                .difference = (treated - control) / std::sqrt(variance)});
  }
  if (everybody.trial.covariates.empty() || everybody.clusters < 2) return;
  everybody.trial.outcome = everybody.trial.covariates.front();  // outcomes play no part
  const auto joint = statistics::balance(everybody.trial, everybody.errors);
  if (!joint || joint->joint_p.empty()) return;
  const auto p = known(joint->joint_p.front());
  if (!p) return;
  findings.balance_p = std::min(findings.balance_p.value_or(1), *p);
  if (*p >= kSuspiciousP) return;
  findings.sentences.push_back(
      fmt::format("\"{}\" and the control group differed before the start by more than chance "
                  "(p = {:.2g}); look at how they were drawn.",
                  subjects.arms[arm], *p));
}

void compare(const Subjects& subjects, std::uint8_t arm, Findings& findings) {
  add_balance(subjects, arm, findings);
  const Pair pair = pair_of(subjects, arm, Whose::answered);
  if (std::string why = obstacle(subjects, pair, findings); !why.empty()) {
    findings.sentences.push_back(std::move(why));
    return;
  }
  check_response(subjects, arm, findings);
  const auto plain = statistics::intention_to_treat(pair.trial, {.errors = pair.errors});
  if (!plain) {
    findings.sentences.push_back(
        fmt::format("\"{}\": {}", subjects.arms[arm], plain.error().sentence));
    return;
  }
  findings.effects.push_back(row_of(subjects, pair, Method::difference, plain->front()));
  add_adjusted(subjects, pair, findings);
  add_contact(subjects, pair, findings);
  Track track = track_of(subjects, pair);
  const Figure& effect = figure_of(plain->front());
  if (effect.se) {
    track.more_units =
        known(statistics::answers_until_known({.effect = effect.value,
                                               .se = *effect.se,
                                               .answers = static_cast<double>(pair.rows.size())},
                                              1 - kAlpha));
  }
  findings.tracks.push_back(std::move(track));
  add_groups(subjects, pair, findings);
}

}  // namespace

Pair pair_of(const Subjects& subjects, std::uint8_t arm, Whose whose) {
  Pair pair{.arm = arm};
  Numbering clusters(codes_of(subjects, &Member::cluster));
  Numbering blocks(codes_of(subjects, &Member::block));
  for (std::size_t i = 0; i < subjects.members.size(); ++i) {
    const Member& member = subjects.members[i];
    if (member.arm != 0 && member.arm != arm) continue;
    const bool answered = !std::isnan(member.value);
    if (whose == Whose::answered && !answered) continue;
    pair.rows.push_back(i);
    Trial& trial = pair.trial;
    trial.outcome.push_back(whose == Whose::answered ? static_cast<double>(member.value)
                                                     : (answered ? 1.0 : 0.0));
    trial.arm.push_back(member.arm == 0 ? 0 : 1);
    trial.contacted.push_back(member.contacted ? 1 : 0);
    trial.cluster.push_back(clusters.of(member.cluster));
    trial.block.push_back(blocks.of(member.block));
  }
  pair.clusters = clusters.count();
  if (blocks.count() < 2) pair.trial.block.clear();
  if (subjects.unit == Unit::voter || clusters.count() == pair.rows.size()) {
    pair.trial.cluster.clear();
  } else {
    pair.errors = clusters.count() < kFewClusters ? Errors::cr2 : Errors::cr1;
  }
  pair.trial.covariates = covariates_of(subjects, pair.rows);
  return pair;
}

Figure figure_of(const Effect& effect) {
  return {.value = effect.estimate.value,
          .se = known(effect.estimate.se),
          .lower = known(effect.estimate.lower),
          .upper = known(effect.estimate.upper),
          .p = known(effect.p)};
}

std::string_view name_of(Errors errors) {
  switch (errors) {
    case Errors::cr1:
      return "cr1";
    case Errors::cr2:
      return "cr2";
    default:
      return "hc2";
  }
}

Findings analyse(const Subjects& subjects) {
  Findings findings;
  add_arms(subjects, findings);
  if (subjects.members.empty()) {
    findings.sentences.emplace_back("Nobody is in this experiment any more.");
    return findings;
  }
  if (findings.leaked > 0) {
    findings.sentences.push_back(fmt::format(
        "{} voters of the locked hold-out were called all the same: the hold-out has leaked, and "
        "the effect is likely to be understated.",
        with_thousands(findings.leaked)));
  }
  if (!subjects.is_placebo && findings.arms[0].contacted > 0) {
    findings.sentences.push_back(fmt::format(
        "{} voters of the control group \"{}\" were reached although they were never assigned; the "
        "effect of contact counts them as crossing over.",
        with_thousands(findings.arms[0].contacted), findings.arms[0].name));
  }
  for (std::size_t arm = 1; arm < subjects.arms.size(); ++arm)
    compare(subjects, static_cast<std::uint8_t>(arm), findings);
  return findings;
}

}  // namespace hustings::experiments
