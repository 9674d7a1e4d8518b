#include "simulate/api_client.h"

#include <chrono>
#include <cmath>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"

namespace hustings::simulate {
namespace {

namespace json = boost::json;

const json::value& at_path(const json::value& answer, std::string_view path) {
  const json::value* value = &answer;
  for (const std::string_view part : split(path, '.')) {
    const json::value* next = value->is_object() ? value->get_object().if_contains(part) : nullptr;
    if (next == nullptr) throw Failure(fmt::format("The server's answer has no '{}'.", path));
    value = next;
  }
  return *value;
}

ErrorCode code_of(int status) {
  if (status == 401) return ErrorCode::unauthenticated;
  if (status == 403) return ErrorCode::forbidden;
  if (status == 404) return ErrorCode::not_found;
  if (status == 409) return ErrorCode::conflict;
  if (status == 429) return ErrorCode::overloaded;
  return status >= 500 ? ErrorCode::unavailable : ErrorCode::invalid;
}

}  // namespace

// As long as the server itself takes at most: it lays down a phone bank of a million lines.
ApiClient::ApiClient(std::uint16_t port)
    : client_(net::Client::Options{.port = port, .timeout = std::chrono::minutes(10)}) {}

std::vector<net::Header> ApiClient::headers(std::string_view type) const {
  std::vector<net::Header> out = {{"Content-Type", std::string(type)}};
  if (!cookie_.empty()) out.emplace_back("Cookie", "hustings_session=" + cookie_);
  if (!csrf_.empty()) out.emplace_back("X-Hustings-CSRF", csrf_);
  return out;
}

Result<json::value> ApiClient::take(const net::Response& response) {
  boost::system::error_code error;
  json::value body = json::parse(response.body.empty() ? "null" : response.body, error);
  if (response.status >= 400) {
    const bool is_problem = !error && body.is_object() && body.get_object().contains("detail");
    return refuse(code_of(response.status),
                  is_problem ? text_at(body, "detail")
                             : fmt::format("The server answered {}.", response.status));
  }
  if (error) return refuse(ErrorCode::unavailable, "The server's answer is not JSON.");
  if (std::string cookie = net::cookie_set_by(response, "hustings_session"); !cookie.empty()) {
    cookie_ = std::move(cookie);
  }
  if (body.is_object() && body.get_object().contains("csrf")) csrf_ = text_at(body, "csrf");
  return body;
}

Result<json::value> ApiClient::get(const std::string& path) {
  return take(TRY(client_.request("GET", path, headers())));
}

Result<json::value> ApiClient::post(const std::string& path, const json::value& body) {
  return take(TRY(client_.request("POST", path, headers(), json::serialize(body))));
}

Result<std::string> ApiClient::text(std::string_view method, const std::string& path) {
  net::Response response = TRY(client_.request(method, path, headers()));
  if (response.status >= 400) TRY(take(response));
  return std::move(response.body);
}

Result<json::value> ApiClient::put(const std::string& path, const json::value& body) {
  return take(TRY(client_.request("PUT", path, headers(), json::serialize(body))));
}

Result<json::value> ApiClient::put_csv(const std::string& path, std::string text) {
  return take(TRY(client_.request("PUT", path, headers("text/csv"), std::move(text))));
}

Result<json::value> ApiClient::upload(const std::filesystem::path& file) {
  return take(TRY(
      client_.send_file("PUT", "/v1/uploads?name=" + file.filename().string(), headers(), file)));
}

std::int64_t number_at(const json::value& answer, std::string_view path) {
  const json::value& value = at_path(answer, path);
  if (!value.is_number())
    throw Failure(fmt::format("'{}' in the server's answer is no number.", path));
  return std::llround(value.to_number<double>());
}

std::string text_at(const json::value& answer, std::string_view path) {
  const json::value& value = at_path(answer, path);
  if (!value.is_string())
    throw Failure(fmt::format("'{}' in the server's answer is no text.", path));
  return std::string(value.get_string());
}

}  // namespace hustings::simulate
