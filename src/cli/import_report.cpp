#include "cli/import_report.h"

#include <algorithm>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/counted.h"

namespace hustings::cli {
namespace {

namespace json = boost::json;

std::string shown(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : "(empty)";
}

std::int64_t number_of(const json::value& value) { return value.to_number<std::int64_t>(); }

void print_parts(const json::object& report) {
  const auto& missing = report.at("missing").as_array();
  fmt::print("  {} read", counted(number_of(report.at("parts")), "file", "files"));
  if (!missing.empty()) {
    fmt::print("; {} that the layout expects missing:",
               counted(std::ssize(missing), "part", "parts"));
    for (const json::value& part : missing)
      fmt::print(" {}", shown(part));
  }
  fmt::print("\n");
}

void print_changes(const json::object& report) {
  constexpr std::size_t kSameMax = 5;
  for (const json::value& field : report.at("fields").as_array()) {
    fmt::print("  {} would change in {}\n", shown(field.at("field")),
               counted(number_of(field.at("count")), "row", "rows"));
    const auto& same = field.at("same").as_array();
    for (std::size_t i = 0; i < std::min(same.size(), kSameMax); ++i) {
      fmt::print("    {} -> {}: {}\n", shown(same[i].at("old")), shown(same[i].at("new")),
                 counted(number_of(same[i].at("count")), "voter", "voters"));
    }
  }
  const auto& samples = report.at("samples").as_array();
  if (!samples.empty()) fmt::print("  for example\n");
  for (const json::value& sample : samples) {
    fmt::print("    {}  {}: {} -> {}\n", shown(sample.at("external_id")), shown(sample.at("field")),
               shown(sample.at("old")), shown(sample.at("new")));
  }
}

void print_duplicates(const json::object& report) {
  const json::object& duplicates = report.at("duplicates").as_object();
  fmt::print(
      "  possible duplicates by name, birth and ZIP: {} within the file, {} of known voters\n",
      with_thousands(number_of(duplicates.at("in_file"))),
      with_thousands(number_of(duplicates.at("in_registry"))));
  for (const json::value& sample : duplicates.at("samples").as_array()) {
    const json::value& line = sample.at("other_line");
    const std::string other = line.is_null() ? fmt::format("as {}", shown(sample.at("voter")))
                                             : fmt::format("as line {}", number_of(line));
    fmt::print("    line {} ({}) {}\n", number_of(sample.at("line")),
               shown(sample.at("external_id")), other);
  }
}

/// What identity resolution's comparison adds to the exact key.
void print_alike(const json::object& report) {
  const json::value* alike = report.at("duplicates").as_object().if_contains("alike");
  if (alike == nullptr || alike->is_null()) return;
  fmt::print("  probably of known voters, under another id: {} of {} compared\n",
             with_thousands(number_of(alike->at("found"))),
             counted(number_of(alike->at("compared")), "new row", "new rows"));
  for (const json::value& sample : alike->at("samples").as_array()) {
    fmt::print("    line {} ({}) as {}, {:.0f} %\n", number_of(sample.at("line")),
               shown(sample.at("external_id")), shown(sample.at("voter")),
               100 * sample.at("probability").to_number<double>());
  }
}

}  // namespace

void print_import_report(std::string_view text) {
  const json::value parsed = json::parse(json::string_view(text.data(), text.size()));
  const json::object& report = parsed.as_object();
  print_parts(report);
  if (report.at("absent_too_many").as_bool()) {
    fmt::print("  the import would be refused for the absent; --absent-share-max allows more\n");
  }
  print_changes(report);
  print_duplicates(report);
  print_alike(report);
  fmt::print("  nothing was changed\n");
}

}  // namespace hustings::cli
