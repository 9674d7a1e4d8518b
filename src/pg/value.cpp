#include "pg/value.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"

namespace hustings::pg {
namespace {

template <class T>
bool read_integer(std::string_view text, T& out) {
  const auto value = parse_int(text);
  if (!value || *value < std::numeric_limits<T>::min() || *value > std::numeric_limits<T>::max()) {
    return false;
  }
  out = static_cast<T>(*value);
  return true;
}

/// Splits "{a,"b c",NULL}" of one dimension. Nulls are refused: no column of ours holds them.
bool read_array(std::string_view text, std::vector<std::string>& out) {
  out.clear();
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return false;
  text = text.substr(1, text.size() - 2);
  if (text.empty()) return true;
  std::string element;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size()) {
      element += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      out.push_back(std::move(element));
      element.clear();
    } else {
      element += c;
    }
  }
  out.push_back(std::move(element));
  return !quoted;
}

}  // namespace

void Parameters::add(double value) { texts_.emplace_back(fmt::format("{}", value)); }

void Parameters::add(const Bytes& value) { texts_.emplace_back("\\x" + to_hex(value.bytes)); }

void Parameters::append_element(std::string& array, const std::optional<std::string>& element) {
  if (!element) {
    array += "NULL,";
    return;
  }
  array += '"';
  for (const char c : *element) {
    if (c == '"' || c == '\\') array += '\\';
    array += c;
  }
  array += "\",";
}

namespace detail {

bool read(std::string_view text, bool& out) {
  out = text == "t";
  return text == "t" || text == "f";
}
bool read(std::string_view text, std::int16_t& out) { return read_integer(text, out); }
bool read(std::string_view text, std::int32_t& out) { return read_integer(text, out); }
bool read(std::string_view text, std::int64_t& out) { return read_integer(text, out); }
bool read(std::string_view text, double& out) {
  const auto value = parse_double(text);
  if (value) out = *value;
  return value.has_value();
}
bool read(std::string_view text, std::string& out) {
  out = text;
  return true;
}
bool read(std::string_view text, Instant& out) {
  const auto at = from_iso(text);
  if (at) out = *at;
  return at.has_value();
}
bool read(std::string_view text, Bytes& out) {
  if (!text.starts_with("\\x")) return false;
  auto bytes = from_hex(text.substr(2));
  if (bytes) out.bytes = std::move(*bytes);
  return bytes.has_value();
}
bool read(std::string_view text, Json& out) {
  out.text = text;
  return true;
}
bool read(std::string_view text, std::vector<std::int64_t>& out) {
  std::vector<std::string> parts;
  if (!read_array(text, parts)) return false;
  out.clear();
  for (const std::string& part : parts) {
    const auto value = parse_int(part);
    if (!value) return false;
    out.push_back(*value);
  }
  return true;
}
bool read(std::string_view text, std::vector<std::string>& out) { return read_array(text, out); }

void unreadable(int column) {
  throw Failure(
      fmt::format("Column {} of a statement's answer is null or of another type.", column));
}

}  // namespace detail
}  // namespace hustings::pg
