#pragma once

#include <memory>

#include "api/services.h"
#include "app/database.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/error.h"
#include "base/log.h"

namespace hustings::app {

/// The database and every service on it, built in the order of their layers and stopped in reverse.
/// `config` and `log` must outlive it.
class Installation {
 public:
  /// What a process needs of the installation.
  enum class Part : std::uint8_t {
    tools,   ///< for a command in the shell: no live segments, no background work
    serving  ///< everything
  };
  static Result<std::unique_ptr<Installation>> open(const Config& config, Part part, Log& log);
  ~Installation();
  Installation(const Installation&) = delete;
  Installation& operator=(const Installation&) = delete;

  /// `public_url` is what links start with; set it once the port is known.
  api::Services services(std::string public_url);
  const pg::ConnectOptions& database() const;

  access::AccessService& access();
  registry::Registry& registry();
  rights::RightsService& rights();
  ingest::Importer& importer();
  identity::Resolver& resolver();
  segments::SegmentService& segments();

 private:
  struct State;
  explicit Installation(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// "0.1.0"
std::string version();

}  // namespace hustings::app
