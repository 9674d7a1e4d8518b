#include "cli/log_of.h"

#include <algorithm>

namespace hustings::cli {
namespace {

Log::Level level_of(const Config& config) {
  if (config.log_level == "debug") return Log::Level::debug;
  if (config.log_level == "warning") return Log::Level::warning;
  if (config.log_level == "error") return Log::Level::error;
  return Log::Level::info;
}

Log open(const Config& config, Log::Level level) {
  return config.log_file.empty() ? Log::to_stderr(level)
                                 : Log::to_file(config.log_file.string(), level);
}

}  // namespace

Log log_of(const Config& config) { return open(config, level_of(config)); }

Log quiet_log_of(const Config& config) {
  return open(config, std::max(level_of(config), Log::Level::warning));
}

}  // namespace hustings::cli
