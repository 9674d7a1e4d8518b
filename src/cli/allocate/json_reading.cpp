#include "cli/allocate/json_reading.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::uintmax_t kBytesMax = 1ULL << 29;

}  // namespace

Result<json::object> read_json(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return invalid("There is no such file.", file.string());
  if (fs::is_directory(file, error))
    return invalid("This is a folder; name a file.", file.string());
  const std::uintmax_t size = fs::file_size(file, error);
  if (!error && size > kBytesMax) {
    return refuse(ErrorCode::over_limit, "The file is larger than 512 MB.", file.string());
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return invalid("The file cannot be opened; may you read it?", file.string());
  std::stringstream text;
  text << stream.rdbuf();
  json::error_code problem;
  const json::value value = json::parse(text.str(), problem);
  if (problem) {
    return invalid(fmt::format("This is no JSON: {}.", problem.message()), file.string());
  }
  if (!value.is_object()) return invalid("The file must hold one JSON object.", file.string());
  return value.as_object();
}

const json::value* find(const json::object& object, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    const json::value* value = object.if_contains(json::string_view(key.data(), key.size()));
    if (value != nullptr && !value->is_null()) return value;
  }
  return nullptr;
}

Result<double> number_of(const json::value& value, std::string_view key) {
  if (!value.is_number()) return invalid("This must be a number.", std::string(key));
  const auto number = value.to_number<double>();
  if (!std::isfinite(number)) return invalid("This number is too large.", std::string(key));
  return number;
}

Result<std::vector<double>> numbers_of(const json::value& value, std::string_view key,
                                       double absent) {
  if (!value.is_array()) return invalid("This must be a list of numbers.", std::string(key));
  std::vector<double> numbers;
  for (const json::value& item : value.as_array()) {
    if (item.is_null()) {
      numbers.push_back(absent);
      continue;
    }
    const auto number = number_of(item, key);
    if (!number) {
      return invalid(fmt::format("Entry {} must be a number.", numbers.size() + 1),
                     std::string(key));
    }
    numbers.push_back(*number);
  }
  return numbers;
}

Result<std::string> text_of(const json::value& value, std::string_view key) {
  if (value.is_string()) return std::string(value.as_string());
  if (value.is_int64()) return std::to_string(value.as_int64());
  return invalid("This must be a text.", std::string(key));
}

Result<std::vector<std::string>> texts_of(const json::value& value, std::string_view key) {
  if (!value.is_array()) return invalid("This must be a list of texts.", std::string(key));
  std::vector<std::string> texts;
  for (const json::value& item : value.as_array())
    texts.push_back(TRY(text_of(item, key)));
  return texts;
}

Result<bool> truth_of(const json::value& value, std::string_view key) {
  if (!value.is_bool()) return invalid("This must be true or false.", std::string(key));
  return value.as_bool();
}

Status check_keys(const json::object& object, const std::vector<std::string_view>& known,
                  std::string_view where) {
  for (const auto& item : object) {
    const std::string_view key(item.key().data(), item.key().size());
    if (key.starts_with("_")) continue;
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::string_view meant = nearest(key, known);
    return invalid(fmt::format("There is no key \"{}\"{}.", key,
                               meant.empty() ? "" : fmt::format("; did you mean \"{}\"?", meant)),
                   std::string(where));
  }
  return {};
}

}  // namespace hustings::cli
