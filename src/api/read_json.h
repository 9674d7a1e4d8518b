#pragma once

#include <span>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "api/spec.h"

/// The reader behind read_json() and read_input(): a parsed JSON value, or a text of a path or
/// query, into a described C++ value.
namespace hustings::api {

/// The JSON value of a text; invalid without a `where` when it is none, or nested too deep.
Result<boost::json::value> parse_json(std::string_view text);

/// `fields` of `object` into the struct at `to`; every other key of the object is refused. `path`
/// is the object's place, "" for the body itself.
Status read_fields(const boost::json::object& object, std::span<const Field* const> fields,
                   const std::string& path, void* to);

/// A value out of a path or a query: numbers and such as text, lists with commas between.
Status read_text(std::string_view text, const Field& field, void* to);

/// invalid, for a field that must be there.
Error missing(const Field& field, std::string where);
/// "There is no field "x". Did you mean "y"?"
Error unknown_field(std::string_view name, std::span<const Field* const> known, std::string where);

}  // namespace hustings::api
