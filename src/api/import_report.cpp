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

AlikeShape alike_of(const json::value& value) {
  AlikeShape out{.compared = value.at("compared").to_number<std::int64_t>(),
                 .found = value.at("found").to_number<std::int64_t>(),
                 .samples = {}};
  for (const json::value& sample : value.at("samples").as_array()) {
    const auto voter = VoterId::from_text(text_of(sample.at("voter")).value_or(""));
    out.samples.push_back({.line = sample.at("line").to_number<std::int64_t>(),
                           .external_id = text_of(sample.at("external_id")).value_or(""),
                           .voter = voter.value_or(VoterId()),
                           .probability = sample.at("probability").to_number<double>()});
  }
  return out;
}

DuplicatesShape duplicates_of(const json::value& value) {
  DuplicatesShape out{.in_file = value.at("in_file").to_number<std::int64_t>(),
                      .in_registry = value.at("in_registry").to_number<std::int64_t>(),
                      .samples = {},
                      .alike = {}};
  const json::value* alike = value.as_object().if_contains("alike");
  if (alike != nullptr && !alike->is_null()) out.alike = alike_of(*alike);
  for (const json::value& sample : value.at("samples").as_array()) {
    const json::value& other = sample.at("other_line");
    const auto voter = text_of(sample.at("voter"));
    out.samples.push_back({.line = sample.at("line").to_number<std::int64_t>(),
                           .external_id = text_of(sample.at("external_id")).value_or(""),
                           .other_line = other.is_null()
                                             ? std::nullopt
                                             : std::optional(other.to_number<std::int64_t>()),
                           .voter = voter ? VoterId::from_text(*voter) : std::nullopt});
  }
  return out;
}

}  // namespace

ImportReportShape import_report_from(std::string_view text) {
  const json::value report = json::parse(json::string_view(text.data(), text.size()));
  ImportReportShape out{.absent = report.at("absent").to_number<std::int64_t>(),
                        .is_absent_too_many = report.at("absent_too_many").as_bool(),
                        .changes = {},
                        .samples = {},
                        .duplicates = {},
                        .parts = 0,
                        .missing = {}};
  for (const json::value& field : report.at("fields").as_array())
    out.changes.push_back(changes_of(field));
  for (const json::value& sample : report.at("samples").as_array())
    out.samples.push_back(sample_of(sample));
  // A report of an older program does not have them.
  const json::object& all = report.as_object();
  if (const json::value* duplicates = all.if_contains("duplicates")) {
    out.duplicates = duplicates_of(*duplicates);
    out.parts = all.at("parts").to_number<std::int64_t>();
    for (const json::value& part : all.at("missing").as_array())
      out.missing.push_back(text_of(part).value_or(""));
  }
  return out;
}

}  // namespace hustings::api
