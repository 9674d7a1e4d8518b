#include "experiments/outcome_json.h"

#include <boost/json.hpp>

namespace hustings::experiments {

namespace json = boost::json;

std::string to_json(const Outcome& outcome) {
  json::object out;
  out["kind"] = to_string(outcome.kind);
  if (!outcome.key.empty()) out["key"] = outcome.key;
  if (!outcome.choices.empty()) {
    json::array choices;
    for (const int choice : outcome.choices)
      choices.emplace_back(choice);
    out["choices"] = std::move(choices);
  }
  if (outcome.after_contacts) out["after_contacts"] = true;
  return json::serialize(out);
}

Outcome outcome_from_json(std::string_view text) {
  Outcome outcome;
  boost::system::error_code error;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  const json::object* object = error ? nullptr : value.if_object();
  if (object == nullptr) return outcome;
  if (const json::value* kind = object->if_contains("kind"); kind != nullptr && kind->is_string()) {
    const json::string& word = kind->get_string();
    outcome.kind = outcome_kind_from({word.data(), word.size()}).value_or(OutcomeKind::answer);
  }
  if (const json::value* key = object->if_contains("key"); key != nullptr && key->is_string()) {
    outcome.key = std::string(key->get_string());
  }
  if (const json::value* all = object->if_contains("choices"); all != nullptr && all->is_array()) {
    for (const json::value& one : all->get_array()) {
      if (one.is_int64()) outcome.choices.push_back(static_cast<int>(one.get_int64()));
    }
  }
  const json::value* after = object->if_contains("after_contacts");
  outcome.after_contacts = after != nullptr && after->is_bool() && after->get_bool();
  return outcome;
}

}  // namespace hustings::experiments
