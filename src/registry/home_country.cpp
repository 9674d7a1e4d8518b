#include "registry/home_country.h"

#include "registry/registry.h"
#include "registry/sql.h"

namespace hustings::registry {

std::string home_country(pg::Connection& connection) {
  const pg::Rows chosen = connection.run(sql::kHomeCountry);
  return chosen.empty() ? "US" : std::string(chosen[0].text(0));
}

std::string Registry::home_country(Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  return registry::home_country(*connection);
}

}  // namespace hustings::registry
