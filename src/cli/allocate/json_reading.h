#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/error.h"

/// Numbers, names and lists out of a JSON object, with sentences that name the key.
namespace hustings::cli {

/// The whole file as one JSON object. invalid, over_limit.
Result<boost::json::object> read_json(const std::filesystem::path& file);

/// The first of the keys that is there; null if none is.
const boost::json::value* find(const boost::json::object& object,
                               std::initializer_list<std::string_view> keys);

Result<double> number_of(const boost::json::value& value, std::string_view key);
/// A list of numbers; null inside it is `absent`.
Result<std::vector<double>> numbers_of(const boost::json::value& value, std::string_view key,
                                       double absent = 0);
/// A list of texts, or of whole numbers as texts.
Result<std::vector<std::string>> texts_of(const boost::json::value& value, std::string_view key);
Result<std::string> text_of(const boost::json::value& value, std::string_view key);
Result<bool> truth_of(const boost::json::value& value, std::string_view key);

/// invalid if an object has a key that is none of the known ones; says which was perhaps meant.
/// Keys that begin with "_" are left to whoever writes the file.
Status check_keys(const boost::json::object& object, const std::vector<std::string_view>& known,
                  std::string_view where);

}  // namespace hustings::cli
