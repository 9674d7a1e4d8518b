#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "api/spec.h"
#include "base/text.h"

namespace hustings::api {
namespace {

using Kind = Type::Kind;

template <class T>
const T& as(const void* value) {
  return *static_cast<const T*>(value);
}

void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
  } else {
    fmt::format_to(std::back_inserter(out), "{}", value);
  }
}

void append_map(std::string& out, const TextMap& map) {
  out += '{';
  for (const auto& [key, text] : map) {
    if (out.back() != '{') out += ',';
    append_json_string(out, key);
    out += ':';
    append_json_string(out, text);
  }
  out += '}';
}

void append_object(std::string& out, const Type& type, const void* value) {
  out += '{';
  bool is_first = true;
  for (const Field& field : type.fields()) {
    if (!is_first) out += ',';
    is_first = false;
    append_json_string(out, field.name);
    out += ':';
    append_json(out, *field.type, static_cast<const char*>(value) + field.offset);
  }
  out += '}';
}

void append_array(std::string& out, const Type& type, const void* value) {
  out += '[';
  const std::size_t size = type.size(value);
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0) out += ',';
    append_json(out, type.element(), type.at(value, i));
  }
  out += ']';
}

}  // namespace

void append_json(std::string& out, const Type& type, const void* value) {
  switch (type.kind) {
    case Kind::text:
      append_json_string(out, as<std::string>(value));
      return;
    case Kind::boolean:
      out += as<bool>(value) ? "true" : "false";
      return;
    case Kind::integer:
      out += std::to_string(type.get(value));
      return;
    case Kind::number:
      append_number(out, as<double>(value));
      return;
    case Kind::instant:
      append_json_string(out, to_iso(as<Instant>(value)));
      return;
    case Kind::id:
      append_json_string(out, hustings::detail::id_to_text(type.name, type.get(value)));
      return;
    case Kind::json:
      out += as<JsonText>(value).text;
      return;
    case Kind::text_map:
      append_map(out, as<TextMap>(value));
      return;
    case Kind::choice: {
      const auto index = static_cast<std::size_t>(type.get(value));
      CHECK(index < type.choices.size());
      append_json_string(out, type.choices[index]);
      return;
    }
    case Kind::object:
      append_object(out, type, value);
      return;
    case Kind::array:
      append_array(out, type, value);
      return;
    case Kind::optional:
      if (type.size(value) == 0) {
        out += "null";
      } else {
        append_json(out, type.element(), type.at(value, 0));
      }
      return;
  }
}

}  // namespace hustings::api
