#include "api/score_values.h"

#include <boost/json.hpp>

namespace hustings::api {

std::vector<ScoreShape> scores_by_run(const registry::VoterScores& scores) {
  const auto values = boost::json::parse(scores.other).as_object();
  const auto runs = boost::json::parse(scores.runs).as_object();
  std::vector<ScoreShape> out;
  const auto add = [&](std::string_view name, double value, std::string_view key) {
    const auto* run = runs.if_contains(key);
    const ImportId id = run == nullptr ? ImportId() : ImportId(run->to_number<std::int64_t>());
    out.push_back({.name = std::string(name), .value = value, .run = id, .run_name = {}});
  };
  if (scores.support) add("support", *scores.support, "support");
  if (scores.turnout) add("turnout", *scores.turnout, "turnout");
  if (scores.persuadability) add("persuadability", *scores.persuadability, "persuadability");
  for (const auto& [name, value] : values) {
    if (value.is_number()) add(name, value.to_number<double>(), "other." + std::string(name));
  }
  return out;
}

}  // namespace hustings::api
