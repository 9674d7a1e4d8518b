#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace hustings {

/// What an installation can set: one TOML file, every key optional. The table in config.cpp gives
/// each key its default, its limits and its sentence, and prints docs/reference/configuration.md.
struct Config {
  std::filesystem::path data_dir = "hustings-data";
  std::string database_url;  ///< Empty: the embedded PostgreSQL in data_dir.
  std::int64_t database_connections_max = 16;
  std::filesystem::path postgres_bin_dir;  ///< Empty: looked for in the usual places.
  std::string listen_address = "127.0.0.1";
  std::int64_t listen_port = 8480;  ///< 0: any free port, printed at start.
  std::string public_url;           ///< What join links start with; empty: the address.
  std::string trusted_proxies;      ///< Addresses by commas whose X-Forwarded-For is believed.
  std::int64_t worker_threads = 8;
  std::int64_t request_queue_max = 2048;
  std::int64_t request_seconds_max = 30;
  std::int64_t upload_mebibytes_max = 16384;
  std::int64_t segments_memory_mebibytes_max = 0;  ///< 0: three quarters of the machine's memory.
  std::int64_t small_cell_least = 10;  ///< Fewer voters are hidden from roles without individuals.
  std::string telephony_driver = "manual";
  std::string telephony_simulated_calls = "forbidden";
  std::int64_t telephony_simulator_seed = 1;
  std::int64_t telephony_simulator_speed = 1;
  std::int64_t telephony_ring_seconds_max = 25;
  std::string log_level = "info";
  std::filesystem::path log_file;  ///< Empty: standard error.
};

/// Reads a TOML file. An unknown key, a wrong type or a value out of its limits is an error that
/// names the file, the line, the key and what is expected.
Result<Config> load_config(const std::filesystem::path& file);
/// The same for a text; `name` stands in errors for the file.
Result<Config> parse_config(std::string_view text, std::string_view name);

/// docs/reference/configuration.md
std::string config_reference();

}  // namespace hustings
