#include <boost/json.hpp>

#include "linkage/model.h"

namespace hustings::linkage {
namespace {

namespace json = boost::json;

constexpr int kFormat = 1;

json::array array_of(const Levels& levels) { return json::array(levels.begin(), levels.end()); }

json::array array_of(const std::array<Levels, kNameClasses>& classes) {
  json::array all;
  for (const Levels& levels : classes)
    all.push_back(array_of(levels));
  return all;
}

/// False unless it is an array of `size` numbers from 0 to 1.
bool read_levels(const json::value* value, std::size_t size, Levels& levels) {
  if (value == nullptr || !value->is_array() || value->as_array().size() != size) return false;
  levels.clear();
  for (const json::value& item : value->as_array()) {
    if (!item.is_number()) return false;
    const auto number = item.to_number<double>();
    if (!(number >= 0 && number <= 1)) return false;
    levels.push_back(number);
  }
  return true;
}

bool read_classes(const json::value* value, std::size_t size,
                  std::array<Levels, kNameClasses>& classes) {
  if (value == nullptr || !value->is_array()) return false;
  if (value->as_array().size() != kNameClasses) return false;
  for (std::size_t i = 0; i < kNameClasses; ++i) {
    if (!read_levels(&value->as_array()[i], size, classes[i])) return false;
  }
  return true;
}

bool read_field(const json::value& value, std::size_t field, FieldTable& table) {
  const json::object* object = value.if_object();
  if (object == nullptr) return false;
  const std::size_t size = levels_of(field);
  return read_levels(object->if_contains("m"), size, table.m) &&
         read_classes(object->if_contains("u"), size, table.u) &&
         read_classes(object->if_contains("u_household"), size, table.u_household);
}

bool read_model(const json::object& object, Model& model) {
  const json::value* fields = object.if_contains("fields");
  if (fields == nullptr || !fields->is_array()) return false;
  const json::array& tables = fields->as_array();
  if (tables.size() < kFixedFields || tables.size() > kFixedFields + Records::kExtrasMax) {
    return false;
  }
  model = Model(tables.size() - kFixedFields);
  for (std::size_t f = 0; f < tables.size(); ++f) {
    if (!read_field(tables[f], f, model.fields[f])) return false;
  }
  const json::value* lambda = object.if_contains("lambda");
  if (lambda == nullptr || !lambda->is_number()) return false;
  model.lambda = lambda->to_number<double>();
  if (!(model.lambda > 0 && model.lambda < 1)) return false;
  const json::value* frequencies = object.if_contains("term_frequencies");
  model.term_frequencies =
      frequencies == nullptr || frequencies->is_bool() == false || frequencies->as_bool();
  return read_levels(object.if_contains("joint_m"), kJointLevels, model.joint_m) &&
         read_levels(object.if_contains("joint_u"), kJointLevels, model.joint_u);
}

}  // namespace

std::string Model::to_json() const {
  json::array tables;
  for (const FieldTable& field : fields) {
    tables.push_back(json::object{{"m", array_of(field.m)},
                                  {"u", array_of(field.u)},
                                  {"u_household", array_of(field.u_household)}});
  }
  return json::serialize(json::object{{"format", kFormat},
                                      {"lambda", lambda},
                                      {"term_frequencies", term_frequencies},
                                      {"fields", std::move(tables)},
                                      {"joint_m", array_of(joint_m)},
                                      {"joint_u", array_of(joint_u)}});
}

Result<Model> Model::from_json(std::string_view text) {
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  const json::object* object = error ? nullptr : value.if_object();
  const json::value* format = object == nullptr ? nullptr : object->if_contains("format");
  if (format == nullptr || !format->is_int64() || format->as_int64() != kFormat) {
    return invalid("This is no model of format 1, as a linkage writes it.");
  }
  Model model;
  if (!read_model(*object, model)) {
    return invalid("The model is damaged: a table is missing, too short or holds no probability.");
  }
  return model;
}

}  // namespace hustings::linkage
