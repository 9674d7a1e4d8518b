#include "api/import_report.h"

#include <boost/json.hpp>

namespace hustings::api {
namespace {

namespace json = boost::json;

std::optional<std::string> text_of(const json::value& value) {
  if (!value.is_string()) return std::nullopt;
  return std::string(value.get_string());
}

FieldChangesShape changes_of(const json::value& value) {
  FieldChangesShape out{.name = text_of(value.at("field")).value_or(""),
                        .count = value.at("count").to_number<std::int64_t>(),
                        .distinct = value.at("distinct").to_number<std::int64_t>(),
                        .same = {}};
  for (const json::value& one : value.at("same").as_array()) {
    out.same.push_back({text_of(one.at("old")), text_of(one.at("new")),
                        one.at("count").to_number<std::int64_t>()});
  }
  return out;
}

ChangeSampleShape sample_of(const json::value& value) {
  return {.voter = VoterId::from_text(text_of(value.at("voter")).value_or("")).value_or(VoterId()),
          .external_id = text_of(value.at("external_id")).value_or(""),
          .name = text_of(value.at("field")).value_or(""),
          .old = text_of(value.at("old")),
          .now = text_of(value.at("new"))};
}

}  // namespace

ImportReportShape import_report_from(std::string_view text) {
  const json::value report = json::parse(json::string_view(text.data(), text.size()));
  ImportReportShape out{.absent = report.at("absent").to_number<std::int64_t>(),
                        .is_absent_too_many = report.at("absent_too_many").as_bool(),
                        .changes = {},
                        .samples = {}};
  for (const json::value& field : report.at("fields").as_array())
    out.changes.push_back(changes_of(field));
  for (const json::value& sample : report.at("samples").as_array())
    out.samples.push_back(sample_of(sample));
  return out;
}

}  // namespace hustings::api
