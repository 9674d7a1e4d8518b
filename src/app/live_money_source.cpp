#include "app/live_money_source.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include <fmt/format.h>

#include "api/survey_margins.h"
#include "surveys/estimation.h"
#include "surveys/respondents.h"

namespace hustings::app {
namespace {

using spending::LiveInput;
using spending::LiveReading;

constexpr std::int64_t kAnswersMin = 30;
constexpr double kPercent = 100;
const std::vector<std::string> kWeightedTo = {"age", "gender", "party"};

bool holds(const std::vector<int>& choices, int choice) {
  return std::find(choices.begin(), choices.end(), choice) != choices.end();
}

}  // namespace

bool LiveMoneySource::has(feed::Position position) const {
  return segments_.freshness().position >= position &&
         experiments_.wait_until(position, std::chrono::milliseconds(0));
}

Result<LiveReading> LiveMoneySource::read(const LiveInput& input) {
  switch (input.kind) {
    case spending::LiveKind::answers:
      return answers(input);
    case spending::LiveKind::segment:
      return segment(input);
    case spending::LiveKind::experiment:
      return experiment(input);
  }
  return invalid("There is no such live input.");
}

/// The weighted share of those who chose one of the two sides.
Result<LiveReading> LiveMoneySource::answers(const LiveInput& input) {
  const surveys::QuestionResults results = TRY(surveys_.results(input.question));
  const auto choices = static_cast<int>(results.question.choices.size());
  if (!surveys::is_single(results.question.kind)) {
    return invalid(
        fmt::format("The question is of the kind {}; one with one choice a person is "
                    "needed (choice or scale).",
                    surveys::to_string(results.question.kind)));
  }
  for (const int choice : input.ours) {
    if (holds(input.theirs, choice))
      return invalid(fmt::format("Choice {} is named for both sides.", choice));
  }
  for (const std::vector<int>* side : {&input.ours, &input.theirs}) {
    const auto beyond = std::ranges::find_if(*side, [&](int choice) { return choice > choices; });
    if (beyond != side->end()) {
      return invalid(
          fmt::format("The question has no choice {}: its choices are 1 to {}.", *beyond, choices));
    }
  }
  const auto respondents = surveys::respondents(*pool_.acquire(), results.question.id, {});
  std::unordered_set<VoterId> inside;
  if (input.segment) {
    const segments::Segment of = TRY(segments_.get(*input.segment));
    for (const segments::Member& member : TRY(segments_.match(of.rule)).members)
      inside.insert(member.voter);
  }
  surveys::EstimationInput estimation{.choices = choices, .yes = input.ours};
  for (const surveys::Respondent& one : respondents) {
    estimation.rows.push_back({.choice = one.choice});
    const bool counts = holds(input.ours, one.choice) || holds(input.theirs, one.choice);
    estimation.domain.push_back(counts && (!input.segment || inside.contains(one.voter)));
  }
  const auto n = std::count(estimation.domain.begin(), estimation.domain.end(), true);
  if (n < kAnswersMin) {
    return invalid(fmt::format(
        "{} answers count; {} are the least that say something of a contest.", n, kAnswersMin));
  }
  estimation.margins = TRY(api::registry_margins(segments_, kWeightedTo, respondents)).margins;
  const surveys::Estimation made = surveys::estimate(estimation);
  if (!made.yes) return invalid("The answers have no share yet.");
  const double people = static_cast<double>(n) / std::max(1.0, made.design_effect.value_or(1));
  const double share = std::clamp(made.yes->value, 0.0, 1.0);
  return LiveReading{.value = share,
                     .error = std::sqrt(share * (1 - share) / people),
                     .counts = people,
                     .votes = {}};
}

/// Support by turnout of everybody who has both scores; votes of everybody with a turnout.
Result<LiveReading> LiveMoneySource::segment(const LiveInput& input) const {
  if (!input.segment) return invalid("It names no segment.");
  const segments::Segment of = TRY(segments_.get(*input.segment));
  const auto support = TRY(segments_.match(of.rule, {.strata = {}, .score = "support_score"}));
  const auto turnout = TRY(segments_.match(of.rule, {.strata = {}, .score = "turnout_score"}));
  if (support.members.size() != turnout.members.size())
    return invalid("The segment is changing; it is read again after the change.");
  double voters = 0;
  double votes = 0;
  double ours = 0;
  for (std::size_t i = 0; i < support.members.size(); ++i) {
    const auto& goes = turnout.members[i].score;
    if (!goes) continue;
    const double chance = *goes / kPercent;
    votes += chance;
    if (const auto& likes = support.members[i].score) {
      voters += chance;
      ours += chance * *likes / kPercent;
    }
  }
  if (voters <= 0) return invalid("None of its voters has both a support and a turnout score.");
  const double share = ours / voters;
  const auto people = static_cast<double>(input.people);
  return LiveReading{.value = share,
                     .error = std::sqrt(share * (1 - share) / people),
                     .counts = people,
                     .votes = std::llround(votes)};
}

/// The intention-to-treat effect of an arm on the primary outcome.
Result<LiveReading> LiveMoneySource::experiment(const LiveInput& input) const {
  if (!input.experiment) return invalid("It names no experiment.");
  const experiments::Report report = TRY(experiments_.report(*input.experiment));
  for (const experiments::EffectRow& row : report.findings.effects) {
    if (row.method != experiments::Method::difference) continue;
    if (!input.arm.empty() && row.arm != input.arm) continue;
    if (!row.effect.se || !(*row.effect.se > 0)) break;
    return LiveReading{.value = row.effect.value * input.factor,
                       .error = *row.effect.se * std::abs(input.factor),
                       .counts = 0,
                       .votes = {}};
  }
  return invalid("The experiment has no effect with a standard error yet.");
}

}  // namespace hustings::app
