#include "ingest/run_request.h"

#include <boost/json.hpp>

#include "base/error.h"

namespace hustings::ingest {
namespace {

namespace json = boost::json;

json::array array_of(const std::vector<std::string>& texts) {
  json::array out;
  for (const std::string& text : texts)
    out.emplace_back(text);
  return out;
}

std::string text_of(const json::value& value) { return std::string(value.as_string()); }

std::vector<std::string> texts_of(const json::value& value) {
  std::vector<std::string> out;
  for (const json::value& text : value.as_array())
    out.push_back(text_of(text));
  return out;
}

ImportRequest request_of(const json::object& from) {
  ImportRequest out;
  if (from.empty()) return out;
  out.file = text_of(from.at("file"));
  for (const std::string& part : texts_of(from.at("parts")))
    out.parts.emplace_back(part);
  for (const json::value& one : from.at("mapping").as_array())
    out.mapping.emplace_back(text_of(one.at(0)), text_of(one.at(1)));
  out.parts_may_be_missing = from.at("parts_may_be_missing").as_bool();
  out.file_name = text_of(from.at("file_name"));
  out.layout = text_of(from.at("layout"));
  out.actor = text_of(from.at("actor"));
  out.threads = static_cast<int>(from.at("threads").to_number<std::int64_t>());
  out.dry_run = from.at("dry_run").as_bool();
  out.absent_share_max = from.at("absent_share_max").to_number<double>();
  out.blank_keeps = texts_of(from.at("blank_keeps"));
  if (from.at("mends").is_string()) out.mends = ImportId::from_text(text_of(from.at("mends")));
  out.run_name = text_of(from.at("run_name"));
  out.may_restart = from.at("may_restart").as_bool();
  out.remove_after = text_of(from.at("remove_after"));
  out.upload = text_of(from.at("upload"));
  return out;
}

}  // namespace

std::string to_json(const ImportRequest& request) {
  json::array parts;
  for (const auto& part : request.parts)
    parts.emplace_back(part.string());
  json::array mapping;
  for (const auto& [target, column] : request.mapping)
    mapping.push_back(json::array{target, column});
  const json::value mends = request.mends ? json::value(request.mends->text()) : json::value();
  return json::serialize(json::object{{"file", request.file.string()},
                                      {"parts", std::move(parts)},
                                      {"mapping", std::move(mapping)},
                                      {"parts_may_be_missing", request.parts_may_be_missing},
                                      {"file_name", request.file_name},
                                      {"layout", request.layout},
                                      {"actor", request.actor},
                                      {"threads", request.threads},
                                      {"dry_run", request.dry_run},
                                      {"absent_share_max", request.absent_share_max},
                                      {"blank_keeps", array_of(request.blank_keeps)},
                                      {"mends", mends},
                                      {"run_name", request.run_name},
                                      {"may_restart", request.may_restart},
                                      {"remove_after", request.remove_after.string()},
                                      {"upload", request.upload}});
}

ImportRequest request_from(std::string_view text) {
  try {
    return request_of(json::parse(json::string_view(text.data(), text.size())).as_object());
  } catch (const boost::system::system_error&) {
    throw Failure("The table import_run holds a request that this program does not understand.");
  }
}

}  // namespace hustings::ingest
