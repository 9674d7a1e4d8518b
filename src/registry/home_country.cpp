#include "campaign/calling_choice.h"
#include "registry/registry.h"

namespace hustings::registry {

std::string Registry::home_country(Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  return campaign::home_country(*connection);
}

}  // namespace hustings::registry
