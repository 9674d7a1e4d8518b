#include "identity/run.h"

#include <array>

#include <boost/json.hpp>

namespace hustings::identity {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 2> kScopes = {"registry", "new"};
constexpr std::array<std::string_view, 4> kStates = {"running", "done", "failed", "cancelled"};
constexpr std::array<std::string_view, 5> kStages = {"loading", "comparing", "deciding", "joining",
                                                     "ended"};

template <class Enum, std::size_t N>
std::optional<Enum> found_in(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

std::int64_t number(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_number() ? value->to_number<std::int64_t>() : 0;
}

double real(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_number() ? value->to_number<double>() : 0;
}

}  // namespace

std::string_view to_string(RunScope scope) { return kScopes.at(static_cast<std::size_t>(scope)); }
std::string_view to_string(RunState state) { return kStates.at(static_cast<std::size_t>(state)); }
std::string_view to_string(RunStage stage) { return kStages.at(static_cast<std::size_t>(stage)); }
std::optional<RunScope> run_scope_from(std::string_view text) {
  return found_in<RunScope>(kScopes, text);
}
std::optional<RunState> run_state_from(std::string_view text) {
  return found_in<RunState>(kStates, text);
}

std::string to_json(const RunReport& report) {
  json::array sizes;
  for (const auto& [size, count] : report.cluster_sizes)
    sizes.push_back({{"identities", size}, {"persons", count}});
  json::array seconds;
  for (const auto& [stage, took] : report.seconds)
    seconds.push_back({{"stage", stage}, {"seconds", took}});
  return json::serialize(json::object{{"records", report.records},
                                      {"fresh", report.fresh},
                                      {"pairs_compared", report.pairs_compared},
                                      {"joined", report.joined},
                                      {"queued", report.queued},
                                      {"left_out", report.left_out},
                                      {"estimated_matches", report.estimated_matches},
                                      {"cluster_sizes", std::move(sizes)},
                                      {"seconds", std::move(seconds)},
                                      {"trained", report.is_trained}});
}

RunReport report_from(std::string_view text) {
  const json::value value = json::parse(json::string_view(text.data(), text.size()));
  const json::object& object = value.as_object();
  RunReport report{.records = number(object, "records"),
                   .fresh = number(object, "fresh"),
                   .pairs_compared = number(object, "pairs_compared"),
                   .joined = number(object, "joined"),
                   .queued = number(object, "queued"),
                   .left_out = number(object, "left_out"),
                   .estimated_matches = real(object, "estimated_matches"),
                   .cluster_sizes = {},
                   .seconds = {},
                   .is_trained = object.at("trained").as_bool()};
  for (const json::value& one : object.at("cluster_sizes").as_array()) {
    report.cluster_sizes.emplace_back(number(one.as_object(), "identities"),
                                      number(one.as_object(), "persons"));
  }
  for (const json::value& one : object.at("seconds").as_array()) {
    report.seconds.emplace_back(one.at("stage").as_string(), real(one.as_object(), "seconds"));
  }
  return report;
}

}  // namespace hustings::identity
