#include <cmath>
#include <limits>
#include <string>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "api/documents.h"
#include "base/text.h"

namespace hustings::api {
namespace {

namespace json = boost::json;
using Kind = Type::Kind;

/// Two blanks a level; short lists and objects of plain values stay on one line.
void append_indented(std::string& out, const json::value& value, std::size_t level) {
  static constexpr std::size_t kLine = 100;
  const auto* object = value.if_object();
  const auto* array = value.if_array();
  const std::string flat = json::serialize(value);
  const bool has_members =
      (object != nullptr && !object->empty()) || (array != nullptr && !array->empty());
  if (!has_members || (flat.size() + 2 * level < kLine && level > 2)) {
    out += flat;
    return;
  }
  const std::string pad(2 * (level + 1), ' ');
  out += object != nullptr ? '{' : '[';
  bool is_first = true;
  const auto begin_member = [&] {
    out += (is_first ? "\n" : ",\n") + pad;
    is_first = false;
  };
  if (object != nullptr) {
    for (const auto& [key, member] : *object) {
      begin_member();
      out += json::serialize(key) + ": ";
      append_indented(out, member, level + 1);
    }
  } else {
    for (const json::value& member : *array) {
      begin_member();
      append_indented(out, member, level + 1);
    }
  }
  out += '\n' + std::string(2 * level, ' ') + (object != nullptr ? '}' : ']');
}

json::value number(double value) {
  if (std::trunc(value) == value && std::abs(value) < 9e15) return static_cast<std::int64_t>(value);
  return value;
}

class Document {
 public:
  explicit Document(const Registrar& registrar) : registrar_(registrar), types_(registrar) {}

  std::string text() {
    json::object paths;
    for (const Endpoint& endpoint : registrar_.endpoints()) {
      json::value& path = paths[endpoint.spec.path];
      if (!path.is_object()) path.emplace_object();
      path.as_object()[to_lower(endpoint.spec.method)] = operation(endpoint);
    }
    const json::object document = {
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "Hustings"},
          {"version", "v1"},
          {"description",
           "Ids are opaque texts, instants ISO 8601 in UTC. Errors are application/problem+json. "
           "A write in a session carries the session's csrf text as X-Hustings-CSRF."}}},
        {"paths", paths},
        {"components",
         {{"securitySchemes",
           {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "hustings_session"}}}}},
          {"schemas", schemas()}}}};
    std::string out;
    append_indented(out, document, 0);
    return out + '\n';
  }

 private:
  json::object schemas() const {
    json::object out;
    for (const auto& [name, named] : types_.all()) {
      if (!is_input(*named.type)) out[name] = full_schema(*named.type);
    }
    out["Problem"] = {
        {"type", "object"},
        {"required", {"type", "title", "status", "code", "detail"}},
        {"properties",
         {{"type", {{"type", "string"}}},
          {"title", {{"type", "string"}}},
          {"status", {{"type", "integer"}}},
          {"code", {{"type", "string"}}},
          {"detail", {{"type", "string"}, {"description", "A sentence for a person."}}},
          {"where", {{"type", "string"}, {"description", "The field it is about."}}}}}};
    return out;
  }

  /// Inputs are spread over parameters and body, so they are no schemas of their own.
  bool is_input(const Type& type) const {
    if (!type.name.empty()) return false;
    for (const Endpoint& endpoint : registrar_.endpoints()) {
      if (endpoint.input == &type) return true;
    }
    return false;
  }

  json::object schema(const Type& type, const Limits& limits) const {
    const std::string name = types_.name(type);
    if (!name.empty()) return {{"$ref", "#/components/schemas/" + name}};
    switch (type.kind) {
      case Kind::optional:
        return {{"anyOf", {schema(type.element(), limits), {{"type", "null"}}}}};
      case Kind::array:
        return {{"type", "array"},
                {"items", schema(type.element(), limits)},
                {"maxItems", limits.max_items}};
      case Kind::text: {
        json::object out = {{"type", "string"}, {"maxLength", limits.max_length}};
        if (limits.min_length > 0) out["minLength"] = limits.min_length;
        return out;
      }
      case Kind::integer:
      case Kind::number: {
        json::object out = {{"type", type.kind == Kind::integer ? "integer" : "number"}};
        if (limits.min) out["minimum"] = number(*limits.min);
        if (limits.max) out["maximum"] = number(*limits.max);
        return out;
      }
      case Kind::boolean:
        return {{"type", "boolean"}};
      case Kind::instant:
        return {{"type", "string"}, {"format", "date-time"}};
      case Kind::id:
        return {{"type", "string"}, {"pattern", "^" + std::string(type.name)}};
      case Kind::json:
        return {{"description", "Any JSON value."}};
      case Kind::text_map:
        return {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
      case Kind::choice:
      case Kind::object:
        break;
    }
    return full_schema(type);
  }

  json::object full_schema(const Type& type) const {
    if (type.kind == Kind::choice) {
      json::array names;
      for (const std::string_view name : type.choices)
        names.emplace_back(name);
      return {{"type", "string"}, {"enum", names}};
    }
    std::vector<const Field*> fields;
    for (const Field& field : type.fields())
      fields.push_back(&field);
    const auto named = types_.all().find(types_.name(type));
    return object_schema(fields, named != types_.all().end() && named->second.is_taken);
  }

  json::object object_schema(const std::vector<const Field*>& fields, bool is_taken) const {
    json::object properties;
    json::array required;
    for (const Field* field : fields) {
      json::object one = described(*field);
      properties[field->name] = std::move(one);
      const bool may_be_absent = field->type->kind == Kind::optional || field->limits.has_default;
      if (!is_taken || !may_be_absent) required.emplace_back(field->name);
    }
    json::object out = {{"type", "object"}, {"properties", properties}};
    if (!required.empty()) out["required"] = required;
    if (is_taken) out["additionalProperties"] = false;
    return out;
  }

  json::object described(const Field& field) const {
    json::object out = schema(*field.type, field.limits);
    if (!field.sentence.empty()) out["description"] = field.sentence;
    return out;
  }

  json::value parameter(const Field& field, std::string_view in) const {
    const bool is_optional = field.type->kind == Kind::optional;
    json::object out = {{"name", field.name}, {"in", in}};
    out["required"] = in == "path" || (!is_optional && !field.limits.has_default);
    out["description"] = field.sentence;
    const Type& type = is_optional ? field.type->element() : *field.type;
    out["schema"] = schema(type, field.limits);
    if (type.kind == Kind::array) {
      out["style"] = "form";
      out["explode"] = false;
    }
    return out;
  }

  json::object operation(const Endpoint& endpoint) const {
    const Spec& spec = endpoint.spec;
    json::object out = {{"operationId", spec.name},
                        {"summary", spec.summary},
                        {"x-permission", to_string(spec.permission)}};
    if (!spec.topic.empty()) out["x-live-topic"] = spec.topic;
    if (spec.permission != Permission::anybody) {
      out["security"] = json::array{json::object{{"session", json::array{}}}};
    }
    const FieldsByPlace fields = by_place(endpoint);
    json::array parameters;
    for (const Field* field : fields.path)
      parameters.push_back(parameter(*field, "path"));
    for (const Field* field : fields.query)
      parameters.push_back(parameter(*field, "query"));
    if (!parameters.empty()) out["parameters"] = parameters;
    if (spec.upload) {
      out["requestBody"] = {{"content", {{"application/octet-stream", json::object{}}}}};
    } else if (!fields.body.empty()) {
      out["requestBody"] = {
          {"content", {{"application/json", {{"schema", object_schema(fields.body, true)}}}}}};
    }
    json::object content;
    json::object& media = content[spec.produces].emplace_object();
    if (endpoint.output != nullptr) media["schema"] = schema(*endpoint.output, {});
    out["responses"] = {{std::to_string(spec.status),
                         {{"description", "What was asked for."}, {"content", content}}},
                        {"default",
                         {{"description", "Why not."},
                          {"content",
                           {{"application/problem+json",
                             {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}}}};
    return out;
  }

  const Registrar& registrar_;
  const NamedTypes types_;
};

}  // namespace

std::string openapi_document(const Registrar& registrar) { return Document(registrar).text(); }

}  // namespace hustings::api
