#pragma once

#include "api/registrar.h"
#include "registry/suppression.h"

namespace hustings::api {

/// A bar on contact as the API shows it; part of a voter's page too.
struct SuppressionShape {
  static constexpr std::string_view kName = "Suppression";
  SuppressionId id;
  std::optional<std::string> number;
  std::optional<VoterId> voter;
  std::string reason;
  std::string source;
  Instant at;
  std::optional<Instant> ended_at;
  static Fields fields();
};
SuppressionShape shown(const registry::SuppressionShown& suppression);

/// /v1/suppressions
void add_suppressions(Registrar& registrar);

}  // namespace hustings::api
