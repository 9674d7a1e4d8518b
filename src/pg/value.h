#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/clock.h"
#include "base/id.h"

/// How C++ values become parameters of a statement, and fields of a row become C++ values.
/// Everything travels in PostgreSQL's text format.
namespace hustings::pg {

/// Raw bytes, for bytea.
struct Bytes {
  std::string bytes;
};
/// A JSON text, for jsonb.
struct Json {
  std::string text;
};

class Parameters {
 public:
  template <class... Args>
  explicit Parameters(const Args&... args) {
    texts_.reserve(sizeof...(args));
    (add(args), ...);
  }
  const std::vector<std::optional<std::string>>& texts() const { return texts_; }

  void add(std::nullopt_t) { texts_.emplace_back(std::nullopt); }
  void add(bool value) { texts_.emplace_back(value ? "t" : "f"); }
  void add(double value);
  template <class T>
    requires std::is_integral_v<T>
  void add(T value) {
    texts_.emplace_back(std::to_string(value));
  }
  void add(std::string_view value) { texts_.emplace_back(std::string(value)); }
  void add(const char* value) { texts_.emplace_back(std::string(value)); }
  void add(const std::string& value) { texts_.emplace_back(value); }
  void add(Instant value) { texts_.emplace_back(to_iso(value)); }
  void add(const Bytes& value);
  void add(const Json& value) { texts_.emplace_back(value.text); }
  template <class Tag>
  void add(Id<Tag> value) {
    texts_.emplace_back(std::to_string(value.value()));
  }
  template <class T>
  void add(const std::optional<T>& value) {
    if (value) {
      add(*value);
    } else {
      texts_.emplace_back(std::nullopt);
    }
  }
  /// An array, e.g. for `= any($1)` or `unnest($1::bigint[])`.
  template <class T>
  void add(const std::vector<T>& values) {
    std::string text = "{";
    for (const T& value : values)
      append_element(text, Parameters(value).texts_.front());
    if (text.size() > 1) text.pop_back();
    texts_.emplace_back(text + '}');
  }

 private:
  static void append_element(std::string& array, const std::optional<std::string>& element);
  std::vector<std::optional<std::string>> texts_;
};

namespace detail {
bool read(std::string_view text, bool& out);
bool read(std::string_view text, std::int16_t& out);
bool read(std::string_view text, std::int32_t& out);
bool read(std::string_view text, std::int64_t& out);
bool read(std::string_view text, double& out);
bool read(std::string_view text, std::string& out);
bool read(std::string_view text, Instant& out);
bool read(std::string_view text, Bytes& out);
bool read(std::string_view text, Json& out);
bool read(std::string_view text, std::vector<std::int64_t>& out);
bool read(std::string_view text, std::vector<std::string>& out);
template <class Tag>
bool read(std::string_view text, Id<Tag>& out) {
  std::int64_t value = 0;
  const bool ok = read(text, value);
  out = Id<Tag>(value);
  return ok;
}
[[noreturn]] void unreadable(int column);
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {
  using Inner = T;
};
}  // namespace detail

}  // namespace hustings::pg
