#include "api/registrar.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "api/read_json.h"
#include "base/text.h"

namespace hustings::api {
namespace {

Status read_path(const net::Request& request, const Field& field, void* to) {
  auto read = read_text(request.params.at(std::string(field.name)), field, to);
  if (!read && field.type->kind == Type::Kind::id) {
    return refuse(ErrorCode::not_found, "There is nothing with this id.");
  }
  return read;
}

Status read_query(const net::Request& request, std::span<const Field* const> fields, char* to) {
  for (const auto& [name, value] : request.query) {
    if (std::ranges::find(fields, name, &Field::name) == fields.end()) {
      return std::unexpected(unknown_field(name, fields, name.substr(0, 100)));
    }
  }
  for (const Field* field : fields) {
    const auto text = request.query_value(field->name);
    if (text) {
      TRY(read_text(*text, *field, to + field->offset));
    } else if (field->type->kind != Type::Kind::optional && !field->limits.has_default) {
      return std::unexpected(missing(*field, std::string(field->name)));
    }
  }
  return {};
}

Status read_body(const net::Request& request, std::span<const Field* const> fields, char* to) {
  const std::string_view type = request.header("content-type");
  if (!request.body.empty() && !type.empty() && !type.starts_with("application/json")) {
    return invalid("Send the body as JSON, with \"Content-Type: application/json\".");
  }
  if (trim(request.body).empty()) return read_fields({}, fields, "", to);
  const boost::json::value body = TRY(parse_json(request.body));
  if (!body.is_object()) return invalid("The body must be a JSON object.");
  return read_fields(body.get_object(), fields, "", to);
}

}  // namespace

FieldsByPlace by_place(const Endpoint& endpoint) {
  FieldsByPlace out;
  const Spec& spec = endpoint.spec;
  const bool has_body = !spec.upload && spec.method != "GET" && spec.method != "DELETE";
  for (const Field& field : endpoint.input->fields()) {
    const bool in_path = spec.path.contains(fmt::format("{{{}}}", field.name));
    const Place place = field.limits.place;
    if (in_path) {
      out.path.push_back(&field);
    } else if (place == Place::query || (place == Place::automatic && !has_body)) {
      out.query.push_back(&field);
    } else {
      out.body.push_back(&field);
    }
  }
  return out;
}

Status read_input(const Endpoint& endpoint, const net::Request& request, void* input) {
  char* to = static_cast<char*>(input);
  const FieldsByPlace fields = by_place(endpoint);
  for (const Field* field : fields.path)
    TRY(read_path(request, *field, to + field->offset));
  TRY(read_query(request, fields.query, to));
  if (fields.body.empty() && trim(request.body).empty()) return {};
  return read_body(request, fields.body, to);
}

void Registrar::add(Endpoint endpoint, Run run, RunMany run_many) {
  CHECK(endpoint.spec.topic.empty() || endpoint.spec.method == "GET");
  CHECK(std::ranges::none_of(
      endpoints_, [&](const Endpoint& other) { return other.spec.name == endpoint.spec.name; }));
  // The closure keeps a copy of what the call needs, so that endpoints_ may grow.
  const auto self = std::make_shared<const Endpoint>(endpoint);  // shared by copies of the closure
  endpoint.run = [self, run](Context& context, const net::Request& request) {
    return run(*self, context, request);
  };
  if (run_many != nullptr) {
    endpoint.run_many = [self, run_many](std::span<Asked> asked) { return run_many(*self, asked); };
  }
  endpoints_.push_back(std::move(endpoint));
}

}  // namespace hustings::api
