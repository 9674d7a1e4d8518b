#include "api/read_json.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "base/text.h"

namespace hustings::api {
namespace {

namespace json = boost::json;
using Kind = Type::Kind;
constexpr std::size_t kDepthMax = 32;

Error error(std::string sentence, const std::string& where) {
  return {.code = ErrorCode::invalid, .sentence = std::move(sentence), .where = where};
}
Status refused(std::string sentence, const std::string& where) {
  return std::unexpected(error(std::move(sentence), where));
}

std::string quoted_list(std::span<const std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += '"' + std::string(name) + '"';
  }
  return out;
}

std::string expected(const Type& type) {
  switch (type.kind) {
    case Kind::text:
      return "a text";
    case Kind::boolean:
      return "true or false";
    case Kind::integer:
      return "a whole number";
    case Kind::number:
      return "a number";
    case Kind::instant:
      return "a moment such as \"2026-11-03T19:05:00Z\"";
    case Kind::id:
      return fmt::format("an id that starts with \"{}\"", type.name);
    case Kind::choice:
      return "one of " + quoted_list(type.choices);
    case Kind::json:
      return "a JSON value";
    case Kind::text_map:
      return "an object of texts";
    case Kind::object:
      return "an object";
    case Kind::array:
      return "a list";
    case Kind::optional:
      return expected(type.element()) + " or null";
  }
  return "";
}

std::string found(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return "null";
    case json::kind::bool_:
      return "true or false";
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_:
      return "a number";
    case json::kind::string:
      return "a text";
    case json::kind::array:
      return "a list";
    case json::kind::object:
      return "an object";
  }
  return "";
}

Status wrong_type(const Type& type, const json::value& value, const std::string& where) {
  const bool is_same = value.is_string() && (type.kind == Kind::instant || type.kind == Kind::id ||
                                             type.kind == Kind::choice);
  if (is_same) return refused(fmt::format("This must be {}.", expected(type)), where);
  return refused(fmt::format("This must be {}, not {}.", expected(type), found(value)), where);
}

Status check_number(double value, const Limits& limits, const std::string& where) {
  const bool is_low = limits.min && value < *limits.min;
  const bool is_high = limits.max && value > *limits.max;
  if (!is_low && !is_high) return {};
  if (limits.min && limits.max) {
    return refused(fmt::format("This must be between {} and {}.", *limits.min, *limits.max), where);
  }
  return refused(is_low ? fmt::format("This must be at least {}.", *limits.min)
                        : fmt::format("This must be at most {}.", *limits.max),
                 where);
}

Status check_text(std::string_view text, const Limits& limits, const std::string& where) {
  if (text.contains('\0')) return refused("This holds a zero byte, which no text may.", where);
  if (text.size() > limits.max_length) {
    return refused(
        fmt::format("This may have {} bytes at most; it has {}.", limits.max_length, text.size()),
        where);
  }
  if (trim(text).size() >= limits.min_length) return {};
  if (limits.min_length == 1) return refused("This must not be empty.", where);
  return refused(fmt::format("This must have at least {} characters.", limits.min_length), where);
}

/// The kinds that a text can hold, from a body or a path alike.
Status set_from_text(std::string_view text, const Type& type, const Limits& limits,
                     const std::string& where, void* to) {
  switch (type.kind) {
    case Kind::text:
      TRY(check_text(text, limits, where));
      *static_cast<std::string*>(to) = text;
      return {};
    case Kind::instant:
      if (const auto at = from_iso(text)) {
        *static_cast<Instant*>(to) = *at;
        return {};
      }
      break;
    case Kind::id:
      if (const auto id = hustings::detail::id_from_text(type.name, text)) {
        type.set(to, *id);
        return {};
      }
      break;
    case Kind::choice: {
      const auto place = std::ranges::find(type.choices, text);
      if (place != type.choices.end()) {
        type.set(to, place - type.choices.begin());
        return {};
      }
      break;
    }
    default:
      break;
  }
  return refused(fmt::format("This must be {}.", expected(type)), where);
}

Status set_integer(std::int64_t value, const Type& type, const Limits& limits,
                   const std::string& where, void* to) {
  TRY(check_number(static_cast<double>(value), limits, where));
  if (!type.set(to, value)) return refused("This number is too large.", where);
  return {};
}

Status read_value(const json::value& value, const Type& type, const Limits& limits,
                  const std::string& where, void* to);

Status read_integer(const json::value& value, const Type& type, const Limits& limits,
                    const std::string& where, void* to) {
  if (const auto* number = value.if_int64()) return set_integer(*number, type, limits, where, to);
  if (value.is_uint64()) return refused("This number is too large.", where);
  const auto* real = value.if_double();
  if (real != nullptr && std::trunc(*real) == *real && std::abs(*real) < 9e15) {
    return set_integer(static_cast<std::int64_t>(*real), type, limits, where, to);
  }
  return wrong_type(type, value, where);
}

Status read_number(const json::value& value, const Type& type, const Limits& limits,
                   const std::string& where, void* to) {
  if (!value.is_number()) return wrong_type(type, value, where);
  const auto number = value.to_number<double>();
  TRY(check_number(number, limits, where));
  *static_cast<double*>(to) = number;
  return {};
}

Status read_array(const json::value& value, const Type& type, const Limits& limits,
                  const std::string& where, void* to) {
  const auto* items = value.if_array();
  if (items == nullptr) return wrong_type(type, value, where);
  if (items->size() > limits.max_items) {
    return refused(
        fmt::format("This may have {} items at most; it has {}.", limits.max_items, items->size()),
        where);
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    TRY(read_value((*items)[i], type.element(), limits, fmt::format("{}[{}]", where, i),
                   type.grow(to)));
  }
  return {};
}

Status read_map(const json::value& value, const Type& type, const Limits& limits,
                const std::string& where, void* to) {
  const auto* object = value.if_object();
  if (object == nullptr) return wrong_type(type, value, where);
  for (const auto& [key, member] : *object) {
    const std::string place = where + '.' + std::string(key);
    if (!member.is_string()) return wrong_type(type_of<std::string>(), member, place);
    TRY(check_text(member.get_string(), limits, place));
    (*static_cast<TextMap*>(to))[std::string(key)] = std::string(member.get_string());
  }
  return {};
}

Status read_object(const json::value& value, const Type& type, const std::string& where, void* to) {
  const auto* object = value.if_object();
  if (object == nullptr) return wrong_type(type, value, where);
  std::vector<const Field*> fields;
  for (const Field& field : type.fields())
    fields.push_back(&field);
  return read_fields(*object, fields, where, to);
}

Status read_value(const json::value& value, const Type& type, const Limits& limits,
                  const std::string& where, void* to) {
  switch (type.kind) {
    case Kind::boolean:
      if (!value.is_bool()) return wrong_type(type, value, where);
      *static_cast<bool*>(to) = value.get_bool();
      return {};
    case Kind::integer:
      return read_integer(value, type, limits, where, to);
    case Kind::number:
      return read_number(value, type, limits, where, to);
    case Kind::text:
    case Kind::instant:
    case Kind::id:
    case Kind::choice:
      if (!value.is_string()) return wrong_type(type, value, where);
      return set_from_text(value.get_string(), type, limits, where, to);
    case Kind::json:
      static_cast<JsonText*>(to)->text = json::serialize(value);
      return {};
    case Kind::text_map:
      return read_map(value, type, limits, where, to);
    case Kind::object:
      return read_object(value, type, where, to);
    case Kind::array:
      return read_array(value, type, limits, where, to);
    case Kind::optional:
      if (value.is_null()) return {};
      return read_value(value, type.element(), limits, where, type.grow(to));
  }
  return {};
}

}  // namespace

Error missing(const Field& field, std::string where) {
  return {.code = ErrorCode::invalid,
          .sentence = "This field is missing. " + std::string(field.sentence),
          .where = std::move(where)};
}

Error unknown_field(std::string_view name, std::span<const Field* const> known, std::string where) {
  std::vector<std::string_view> names;
  names.reserve(known.size());
  for (const Field* field : known)
    names.push_back(field->name);
  std::string sentence = fmt::format("There is no field \"{}\".", name.substr(0, 100));
  if (const std::string_view near = nearest(name, names); !near.empty()) {
    sentence += fmt::format(" Did you mean \"{}\"?", near);
  }
  return {.code = ErrorCode::invalid, .sentence = std::move(sentence), .where = std::move(where)};
}

Result<json::value> parse_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = kDepthMax;
  boost::system::error_code broken;
  json::value value = json::parse(text, broken, {}, options);
  if (broken) {
    return invalid("The body is not JSON that can be read: " + broken.message() + ".");
  }
  return value;
}

Status read_fields(const json::object& object, std::span<const Field* const> fields,
                   const std::string& path, void* to) {
  const std::string before = path.empty() ? "" : path + '.';
  for (const auto& [key, unused] : object) {
    const std::string_view name(key.data(), key.size());
    if (std::ranges::find(fields, name, &Field::name) == fields.end()) {
      return std::unexpected(
          unknown_field(name, fields, before + std::string(name.substr(0, 100))));
    }
  }
  for (const Field* field : fields) {
    const std::string where = before + std::string(field->name);
    const json::value* value = object.if_contains(field->name);
    if (value == nullptr) {
      if (field->type->kind == Kind::optional || field->limits.has_default) continue;
      return std::unexpected(missing(*field, where));
    }
    TRY(read_value(*value, *field->type, field->limits, where,
                   static_cast<char*>(to) + field->offset));
  }
  return {};
}

Status read_text(std::string_view text, const Field& field, void* to) {
  const std::string where(field.name);
  const Type* type = field.type;
  if (type->kind == Kind::optional) {
    to = type->grow(to);
    type = &type->element();
  }
  switch (type->kind) {
    case Kind::boolean:
      if (text != "true" && text != "false") return refused("This must be true or false.", where);
      *static_cast<bool*>(to) = text == "true";
      return {};
    case Kind::integer: {
      const auto number = parse_int(text);
      if (!number) return refused("This must be a whole number.", where);
      return set_integer(*number, *type, field.limits, where, to);
    }
    case Kind::number: {
      const auto number = parse_double(text);
      if (!number || !std::isfinite(*number)) return refused("This must be a number.", where);
      TRY(check_number(*number, field.limits, where));
      *static_cast<double*>(to) = *number;
      return {};
    }
    case Kind::array: {
      if (text.empty()) return {};
      const auto parts = split(text, ',');
      if (parts.size() > field.limits.max_items) {
        return refused(fmt::format("This may have {} items at most.", field.limits.max_items),
                       where);
      }
      for (const std::string_view part : parts) {
        TRY(set_from_text(part, type->element(), field.limits, where, type->grow(to)));
      }
      return {};
    }
    default:
      return set_from_text(text, *type, field.limits, where, to);
  }
}

Status read_json(std::string_view text, const Type& type, void* to) {
  const json::value value = TRY(parse_json(text));
  return read_value(value, type, {}, "", to);
}

}  // namespace hustings::api
