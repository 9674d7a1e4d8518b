#include "net/message.h"

#include <iterator>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::net {
namespace {

std::string_view find_header(const std::vector<Header>& headers, std::string_view lower_name) {
  for (const auto& [name, value] : headers) {
    if (name.size() == lower_name.size() && to_lower(name) == lower_name) return value;
  }
  return {};
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

std::string_view Request::cookie(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key != "cookie") continue;
    for (const std::string_view part : split(value, ';')) {
      const std::string_view pair = trim(part);
      const std::size_t equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
        return pair.substr(equals + 1);
      }
    }
  }
  return {};
}

std::optional<std::string> Request::query_value(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string_view Response::header(std::string_view name) const {
  return find_header(headers, to_lower(name));
}

Response problem_response(const Problem& problem) {
  Response response;
  response.status = problem.status;
  response.content_type = "application/problem+json";
  std::string& body = response.body;
  body = R"({"type":"about:blank","title":)";
  append_json_string(body, problem.title);
  fmt::format_to(std::back_inserter(body), ",\"status\":{},\"code\":", problem.status);
  append_json_string(body, problem.code);
  body += ",\"detail\":";
  append_json_string(body, problem.detail);
  if (!problem.where.empty()) {
    body += ",\"where\":";
    append_json_string(body, problem.where);
  }
  body += '}';
  return response;
}

}  // namespace hustings::net
