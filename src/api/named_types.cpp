#include <utility>

#include "api/documents.h"
#include "base/error.h"

namespace hustings::api {

using Kind = Type::Kind;

std::string camel_case(std::string_view snake, bool lower_first) {
  std::string out;
  bool up = !lower_first;
  for (const char c : snake) {
    if (c == '_') {
      up = true;
    } else {
      out += up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      up = false;
    }
  }
  return out;
}

NamedTypes::NamedTypes(const Registrar& registrar) {
  for (const Endpoint& endpoint : registrar.endpoints()) {
    const std::string name = camel_case(endpoint.spec.name, false);
    if (!endpoint.input->fields().empty()) visit(*endpoint.input, name + "Input", true);
    if (endpoint.output != nullptr) visit(*endpoint.output, name + "Output", false);
  }
}

void NamedTypes::visit(const Type& type, const std::string& name_if_none, bool is_taken) {
  if (type.kind == Kind::array || type.kind == Kind::optional) {
    visit(type.element(), name_if_none, is_taken);
    return;
  }
  if (type.kind != Kind::object && type.kind != Kind::choice) return;
  std::string name = std::string(type.name) + std::string(type.suffix);
  if (name.empty() && type.kind == Kind::object) name = name_if_none;
  if (!name.empty()) {
    Named& named = types_[name];
    if (named.type != nullptr && named.type != &type) {
      throw Failure("Two types of the API are called \"" + name + "\"; give one another kName.");
    }
    const bool is_known = named.type != nullptr && (named.is_taken || !is_taken);
    named.type = &type;
    named.is_taken |= is_taken;
    names_.emplace(&type, name);
    if (is_known) return;
  }
  if (type.kind != Kind::object) return;
  for (const Field& field : type.fields()) {
    visit(*field.type, name + camel_case(field.name, false), is_taken);
  }
}

std::string NamedTypes::name(const Type& type) const {
  const auto found = names_.find(&type);
  return found == names_.end() ? "" : found->second;
}

}  // namespace hustings::api
