#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "api/permission.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/id.h"

/// How a resource describes what it takes and gives. Each field is described once, by field(); from
/// that come the reading of requests with their refusals, the writing of answers, the OpenAPI
/// document and the TypeScript types. See README.md for a whole resource.
///
/// A member may be: std::string, bool, any integer, double, Instant, Id<Tag>, JsonText, TextMap, an
/// enum with ChoiceNames, a struct with its own fields(), std::optional or std::vector of these.
namespace hustings::api {

/// A JSON value that is passed through as it is, e.g. a segment's rule.
struct JsonText {
  std::string text = "null";
};
/// {"any name": "text"}
using TextMap = std::map<std::string, std::string>;

/// The names of an enum whose values count from 0. Specialise it:
/// template <> struct ChoiceNames<Color> {
///   static constexpr std::string_view kName = "Color";  // in TypeScript; may be left out
///   static constexpr std::array<std::string_view, 2> kNames = {"red", "green"}; };
template <class Enum>
struct ChoiceNames;

/// Where a field of an Input is read from. Automatic: from the path if its pattern has {name}; else
/// from the query for GET and DELETE and uploads, from the JSON body for the other methods.
enum class Place : std::uint8_t { automatic, query, body };

struct Limits {
  std::optional<double> min;  ///< numbers, both ends included
  std::optional<double> max;
  std::size_t min_length = 0;  ///< of a text, in bytes
  std::size_t max_length = 1000;
  std::size_t max_items = 1000;  ///< of a list
  bool has_default = false;      ///< may be left out; the member's own initial value then stands
  Place place = Place::automatic;
};

struct Field;
using Fields = std::vector<Field>;

/// A C++ type as the reader and writer see it, without being templates themselves.
struct Type {
  enum class Kind : std::uint8_t {
    text,
    boolean,
    integer,
    number,
    instant,
    id,
    json,
    text_map,
    choice,
    object,
    array,
    optional,
  };
  Kind kind = Kind::text;
  std::string_view name;  ///< an object's or choice's in the documents (may be ""); an id's prefix
  std::string_view suffix;  ///< a page's: "Page" after the name of its items
  std::span<const std::string_view> choices;
  const Type& (*element)() = nullptr;          ///< array, optional
  const Fields& (*fields)() = nullptr;         ///< object
  bool (*set)(void*, std::int64_t) = nullptr;  ///< integer, id, choice; false: does not fit
  std::int64_t (*get)(const void*) = nullptr;
  void* (*grow)(void*) = nullptr;              ///< array: a new last element; optional: its value
  std::size_t (*size)(const void*) = nullptr;  ///< optional: 0 or 1
  const void* (*at)(const void*, std::size_t) = nullptr;
};

struct Field {
  std::string_view name;
  std::string_view sentence;  ///< for the documents, and after a refusal: "The list's name."
  const Type* type = nullptr;
  std::size_t offset = 0;  ///< of the member in its struct
  Limits limits;
};

template <class T>
const Type& type_of();

/// `field("name", &Input::name, "The list's name.", {.min_length = 1, .max_length = 200})`
template <class T, class Member>
Field field(std::string_view name, Member T::* member, std::string_view sentence,
            const Limits& limits = {}) {
  const T sample{};
  const auto offset =
      reinterpret_cast<const char*>(&(sample.*member)) - reinterpret_cast<const char*>(&sample);
  return Field{name, sentence, &type_of<Member>(), static_cast<std::size_t>(offset), limits};
}

/// An Input or Output without fields: {}.
struct Nothing {
  static constexpr std::string_view kName = "Empty";
  static Fields fields() { return {}; }
};

/// The answer of a list: {"items":[…],"next":"<cursor>" or null}. T needs kName.
template <class T>
struct Page {
  static constexpr std::string_view kName = T::kName;
  static constexpr std::string_view kSuffix = "Page";
  std::vector<T> items;
  std::optional<std::string> next;
  static Fields fields() {
    return {field("items", &Page::items, "The items, in the list's order."),
            field("next", &Page::next, "The cursor of the next page; null after the last.")};
  }
};

/// What an endpoint is; the other half of a handler beside call().
struct Spec {
  std::string_view method;   ///< "GET", "POST", "PUT", "DELETE"
  std::string_view path;     ///< "/v1/lists/{id}"
  std::string_view name;     ///< one for each endpoint: "get_list"; TypeScript calls it getList
  std::string_view summary;  ///< a sentence
  Permission permission = Permission::administer;
  int status = 200;  ///< of the answer when all is well
  /// Offered live over /v1/live as this topic, with ":<id>" after it if the path has {id}. GET
  /// only.
  std::string_view topic = {};
  /// The topic's {id} is a person, and nobody else may listen to it.
  bool topic_of_self = false;
  /// The body is a file that is streamed to disk first: Context::upload.
  bool upload = false;
  /// The media type, where Output is net::Response.
  std::string_view produces = "application/json";
  /// How long it may take where that is longer than usual: work over a large list. 0: the usual.
  std::chrono::minutes longest{0};
};

/// The JSON text of a value of a described type; not a template.
void append_json(std::string& out, const Type& type, const void* value);
/// Reads a JSON text into a described value. Refuses unknown fields, wrong types and what is out of
/// its limits with a sentence, and `where` as a path such as "voters[0].disposition".
Status read_json(std::string_view text, const Type& type, void* to);

template <class T>
std::string to_json(const T& value) {
  std::string out;
  append_json(out, type_of<T>(), &value);
  return out;
}
template <class T>
Result<T> from_json(std::string_view json) {
  T value{};
  if (auto read = read_json(json, type_of<T>(), &value); !read) {
    return std::unexpected(std::move(read).error());
  }
  return value;
}

namespace detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {
  static constexpr std::string_view kPrefix = Tag::kPrefix;
};

template <class T>
concept Described = requires {
  { T::fields() } -> std::same_as<Fields>;
};

template <class T>
constexpr Type number_like(Type::Kind kind) {
  Type type;
  type.kind = kind;
  type.get = [](const void* from) {
    if constexpr (IsId<T>::value) {
      return static_cast<const T*>(from)->value();
    } else {
      return static_cast<std::int64_t>(*static_cast<const T*>(from));
    }
  };
  type.set = [](void* to, std::int64_t value) {
    if constexpr (std::is_integral_v<T>) {
      if (!std::in_range<T>(value)) return false;
    }
    *static_cast<T*>(to) = static_cast<T>(value);
    return true;
  };
  return type;
}

template <class T>
constexpr Type container(Type::Kind kind) {
  Type type;
  type.kind = kind;
  type.element = []() -> const Type& { return type_of<typename T::value_type>(); };
  // A value is moved in: asking whether T has a default constructor gives a wrong answer for a
  // struct with initial values that stands inside another (CWG 1397).
  type.grow = [](void* to) -> void* {
    if constexpr (IsVector<T>::value) {
      return &static_cast<T*>(to)->emplace_back(typename T::value_type{});
    } else {
      return &static_cast<T*>(to)->emplace(typename T::value_type{});
    }
  };
  type.size = [](const void* from) -> std::size_t {
    if constexpr (IsVector<T>::value) {
      return static_cast<const T*>(from)->size();
    } else {
      return static_cast<const T*>(from)->has_value() ? 1 : 0;
    }
  };
  type.at = [](const void* from, std::size_t index) -> const void* {
    if constexpr (IsVector<T>::value) {
      return &(*static_cast<const T*>(from))[index];
    } else {
      return &**static_cast<const T*>(from);
    }
  };
  return type;
}

template <Described T>
constexpr Type object() {
  Type type;
  type.kind = Type::Kind::object;
  if constexpr (requires { T::kName; }) type.name = T::kName;
  if constexpr (requires { T::kSuffix; }) type.suffix = T::kSuffix;
  type.fields = []() -> const Fields& {
    static const Fields kFields = T::fields();
    return kFields;
  };
  return type;
}

template <class T>
constexpr Type describe() {
  using Kind = Type::Kind;
  if constexpr (std::is_same_v<T, std::string>)
    return Type{.kind = Kind::text};
  else if constexpr (std::is_same_v<T, bool>)
    return Type{.kind = Kind::boolean};
  else if constexpr (std::is_integral_v<T>)
    return number_like<T>(Kind::integer);
  else if constexpr (std::is_same_v<T, double>)
    return Type{.kind = Kind::number};
  else if constexpr (std::is_same_v<T, Instant>)
    return Type{.kind = Kind::instant};
  else if constexpr (std::is_same_v<T, JsonText>)
    return Type{.kind = Kind::json};
  else if constexpr (std::is_same_v<T, TextMap>)
    return Type{.kind = Kind::text_map};
  else if constexpr (IsId<T>::value) {
    Type type = number_like<T>(Kind::id);
    type.name = IsId<T>::kPrefix;
    return type;
  } else if constexpr (std::is_enum_v<T>) {
    Type type = number_like<T>(Kind::choice);
    type.choices = ChoiceNames<T>::kNames;
    if constexpr (requires { ChoiceNames<T>::kName; }) type.name = ChoiceNames<T>::kName;
    return type;
  } else if constexpr (IsOptional<T>::value)
    return container<T>(Kind::optional);
  else if constexpr (IsVector<T>::value)
    return container<T>(Kind::array);
  else {
    static_assert(Described<T>, "this type needs: static api::Fields fields()");
    return object<T>();
  }
}

}  // namespace detail

template <class T>
const Type& type_of() {
  static constexpr Type kType = detail::describe<T>();
  return kType;
}

}  // namespace hustings::api
