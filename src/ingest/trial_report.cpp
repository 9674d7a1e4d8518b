#include "ingest/trial_report.h"

#include <boost/json.hpp>

namespace hustings::ingest {
namespace {

namespace json = boost::json;

json::value value_of(const registry::ChangeReport::Value& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::object object_of(const registry::ChangeReport::Field& field) {
  json::array same;
  for (const auto& one : field.same) {
    same.push_back({{"old", value_of(one.old)}, {"new", value_of(one.now)}, {"count", one.count}});
  }
  return {{"field", field.name},
          {"count", field.count},
          {"distinct", field.distinct},
          {"same", std::move(same)}};
}

json::object object_of(const registry::ChangeReport::Sample& sample) {
  return {{"voter", sample.voter.text()},
          {"external_id", sample.external_id},
          {"field", sample.field},
          {"old", value_of(sample.old)},
          {"new", value_of(sample.now)}};
}

json::value value_of(const std::optional<registry::AlikeRows>& alike) {
  if (!alike) return nullptr;
  json::array samples;
  for (const auto& sample : alike->samples) {
    samples.push_back({{"line", sample.line},
                       {"external_id", sample.external_id},
                       {"voter", sample.voter.text()},
                       {"probability", sample.probability}});
  }
  return {{"compared", alike->compared}, {"found", alike->found}, {"samples", std::move(samples)}};
}

json::object object_of(const TrialReport& report) {
  const registry::Duplicates& duplicates = report.duplicates;
  json::array samples;
  for (const auto& sample : duplicates.samples) {
    samples.push_back(
        {{"line", sample.line},
         {"external_id", sample.external_id},
         {"other_line", sample.other_line ? json::value(*sample.other_line) : json::value()},
         {"voter", sample.voter ? json::value(sample.voter->text()) : json::value()}});
  }
  return {{"in_file", duplicates.in_file},
          {"in_registry", duplicates.in_registry},
          {"samples", std::move(samples)},
          {"alike", value_of(report.alike)}};
}

}  // namespace

std::string to_json(const TrialReport& report, const ImportCounts& counts) {
  json::array fields;
  for (const auto& field : report.changes.fields)
    fields.push_back(object_of(field));
  json::array samples;
  for (const auto& sample : report.changes.samples)
    samples.push_back(object_of(sample));
  json::array missing;
  for (const std::string& part : report.missing)
    missing.emplace_back(part);
  return json::serialize(json::object{{"new", counts.rows_new},
                                      {"changed", counts.rows_changed},
                                      {"same", counts.rows_same},
                                      {"rejected", counts.rows_rejected},
                                      {"absent", report.absent},
                                      {"absent_too_many", report.is_absent_too_many},
                                      {"fields", std::move(fields)},
                                      {"samples", std::move(samples)},
                                      {"duplicates", object_of(report)},
                                      {"parts", report.parts},
                                      {"missing", std::move(missing)}});
}

}  // namespace hustings::ingest
