#include "forms/draft_json.h"

#include <boost/json.hpp>

namespace hustings::forms {

namespace json = boost::json;

std::string draft_to_json(const KeptDraft& draft) {
  json::array answers;
  for (const surveys::Answer& answer : draft.answers) {
    json::object one{{"question", answer.question.value()}};
    if (answer.choice) one["choice"] = *answer.choice;
    if (answer.text) one["text"] = *answer.text;
    if (answer.declined) one["declined"] = true;
    answers.push_back(std::move(one));
  }
  return json::serialize(
      json::object{{"browser", draft.browser_hash}, {"answers", std::move(answers)}});
}

KeptDraft draft_from_json(std::string_view text) {
  KeptDraft draft;
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  if (error || !value.is_object()) return draft;
  draft.browser_hash = json::value_to<std::string>(value.at("browser"));
  for (const json::value& item : value.at("answers").as_array()) {
    const json::object& one = item.as_object();
    surveys::Answer answer{.question = QuestionId(one.at("question").to_number<std::int64_t>())};
    if (const auto* choice = one.if_contains("choice")) answer.choice = choice->to_number<int>();
    if (const auto* words = one.if_contains("text")) {
      answer.text = json::value_to<std::string>(*words);
    }
    answer.declined = one.contains("declined");
    draft.answers.push_back(std::move(answer));
  }
  return draft;
}

}  // namespace hustings::forms
