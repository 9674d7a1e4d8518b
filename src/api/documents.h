#pragma once

#include <map>
#include <string>
#include <string_view>

#include "api/registrar.h"

/// The documents that are made from the endpoints' descriptions. The same endpoints give the same
/// bytes.
namespace hustings::api {

/// OpenAPI 3.1 as indented JSON: docs/reference/openapi.json.
std::string openapi_document(const Registrar& registrar);
/// Interfaces, the table of endpoints and a typed client: web/src/api/types.ts.
std::string typescript_types(const Registrar& registrar);

/// The types of the documents by their names: what kName says, a page as its items' name with
/// "Page", and for an Input or Output without kName the endpoint's name: "GetListInput".
class NamedTypes {
 public:
  /// Throws Failure when two types have one name.
  explicit NamedTypes(const Registrar& registrar);

  struct Named {
    const Type* type = nullptr;
    bool is_taken = false;  ///< reachable from an Input: what may be absent there is optional
  };
  const std::map<std::string, Named>& all() const { return types_; }
  /// "" for a type that stands where it is used.
  std::string name(const Type& type) const;

 private:
  void visit(const Type& type, const std::string& name_if_none, bool is_taken);
  std::map<std::string, Named> types_;
  std::map<const Type*, std::string> names_;
};

/// "get_list" -> "GetList", or "getList" with `lower_first`.
std::string camel_case(std::string_view snake, bool lower_first);

}  // namespace hustings::api
