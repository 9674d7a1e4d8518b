#include "base/config.h"

#include <fstream>
#include <functional>
#include <sstream>
#include <variant>

#include <fmt/format.h>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1  // Debian's library is built with exceptions
#include <toml++/toml.h>

#include "base/text.h"

namespace hustings {
namespace {

struct Limits {
  std::int64_t least;
  std::int64_t most;
};

using Target =
    std::variant<std::string Config::*, std::filesystem::path Config::*, std::int64_t Config::*>;

struct Key {
  std::string_view name;  ///< "table.key", or "key" at the top
  Target target;
  Limits limits;                          ///< for whole numbers
  std::vector<std::string_view> choices;  ///< for texts; empty: any
  std::string_view sentence;
};

const std::vector<Key> kKeys = {
    {"data_dir",
     &Config::data_dir,
     {},
     {},
     "The folder that holds the embedded database, uploads and logs."},
    {"database.url",
     &Config::database_url,
     {},
     {},
     "A PostgreSQL 15 or newer to use instead of the embedded one, as libpq reads it, "
     "e.g. \"postgresql://hustings@db.example/hustings\". Keep passwords in PGPASSFILE."},
    {"database.connections_max",
     &Config::database_connections_max,
     {2, 1000},
     {},
     "How many connections to the database are opened at the most."},
    {"database.postgres_bin_dir",
     &Config::postgres_bin_dir,
     {},
     {},
     "Where initdb and postgres are, for the embedded database. Empty: "
     "/usr/lib/postgresql/*/bin, "
     "then PATH."},
    {"listen.address",
     &Config::listen_address,
     {},
     {},
     "The address to listen on. Put a TLS proxy in front before you listen on more than this "
     "machine."},
    {"listen.port",
     &Config::listen_port,
     {0, 65535},
     {},
     "The port to listen on; 0 takes any free one and prints it."},
    {"listen.public_url",
     &Config::public_url,
     {},
     {},
     "What links for callers start with, e.g. \"https://calls.example.org\". Empty: the address "
     "and port. Requests for any other host than this one, the address, localhost and 127.0.0.1 "
     "are refused; only a server that listens on 0.0.0.0 without a public URL takes every host."},
    {"listen.trusted_proxies",
     &Config::trusted_proxies,
     {},
     {},
     "The addresses of proxies in front of this server, by commas, e.g. \"127.0.0.1\". Of their "
     "requests the address in X-Forwarded-For counts, where requests from one address are limited "
     "(web forms). Empty: the header is not looked at. A proxy named here must set it itself."},
    {"server.worker_threads",
     &Config::worker_threads,
     {1, 256},
     {},
     "How many requests are worked on at one time."},
    {"server.request_queue_max",
     &Config::request_queue_max,
     {1, 100000},
     {},
     "How many requests may wait; beyond that the answer is 429 with Retry-After."},
    {"server.request_seconds_max",
     &Config::request_seconds_max,
     {1, 600},
     {},
     "After how many seconds a request is given up."},
    {"server.upload_mebibytes_max",
     &Config::upload_mebibytes_max,
     {1, 1048576},
     {},
     "The largest file that can be uploaded."},
    {"segments.memory_mebibytes_max",
     &Config::segments_memory_mebibytes_max,
     {0, 1073741824},
     {},
     "How much memory the voters may take as the segments hold them; while they are read anew, "
     "after a large import, they take it twice. 0: three quarters of the machine's memory."},
    {"privacy.small_cell_least",
     &Config::small_cell_least,
     {2, 1000},
     {},
     "Numbers of fewer voters than this are not shown to roles that see no individuals, nor what "
     "would give them away."},
    {"telephony.driver",
     &Config::telephony_driver,
     {},
     {"manual", "simulator"},
     "Who makes the calls. manual: each caller's own phone. simulator: nobody; calls are invented, "
     "to try out, to teach and to test. It also needs telephony.simulated_calls."},
    {"telephony.simulated_calls",
     &Config::telephony_simulated_calls,
     {},
     {"forbidden", "allowed"},
     "Whether telephony.driver may be simulator. Never on a server with a real campaign's voters: "
     "what callers note of calls that nobody made would be kept as if they had spoken to them."},
    {"telephony.simulator_seed",
     &Config::telephony_simulator_seed,
     {0, 1'000'000'000},
     {},
     "What simulated calls are drawn from: the same seed, the same calls."},
    {"telephony.simulator_speed",
     &Config::telephony_simulator_speed,
     {1, 1000},
     {},
     "How many times faster than life simulated calls go."},
    {"telephony.ring_seconds_max",
     &Config::telephony_ring_seconds_max,
     {15, 120},
     {},
     "How long a phone may ring before the call counts as not answered, where the program makes "
     "the "
     "call. Fifteen seconds, or four rings, are the least that rules on telephone sales allow."},
    {"log.level",
     &Config::log_level,
     {},
     {"debug", "info", "warning", "error"},
     "The least important line that is written."},
    {"log.file",
     &Config::log_file,
     {},
     {},
     "Where the log goes, one JSON object a line. Empty: standard error."},
};

std::string place(std::string_view name, const toml::node& node) {
  return fmt::format("{}:{}", name, node.source().begin.line);
}

Status set(Config& config, const Key& key, const toml::node& node, std::string_view name) {
  if (const auto* number = std::get_if<std::int64_t Config::*>(&key.target)) {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < key.limits.least || *value > key.limits.most) {
      return invalid(fmt::format("'{}' must be a whole number from {} to {}.", key.name,
                                 key.limits.least, key.limits.most),
                     place(name, node));
    }
    config.*(*number) = *value;
    return {};
  }
  const auto value = node.value_exact<std::string>();
  if (!value)
    return invalid(fmt::format("'{}' must be a text in quotes.", key.name), place(name, node));
  if (!key.choices.empty() &&
      std::find(key.choices.begin(), key.choices.end(), *value) == key.choices.end()) {
    return invalid(fmt::format("'{}' must be one of {}.", key.name, fmt::join(key.choices, ", ")),
                   place(name, node));
  }
  if (const auto* text = std::get_if<std::string Config::*>(&key.target)) {
    config.*(*text) = *value;
  } else {
    config.*(std::get<std::filesystem::path Config::*>(key.target)) = *value;
  }
  return {};
}

Status walk(Config& config, const toml::table& table, const std::string& prefix,
            std::string_view name) {
  for (const auto& [part, node] : table) {
    const std::string full = prefix + std::string(part.str());
    if (const toml::table* inner = node.as_table()) {
      TRY(walk(config, *inner, full + ".", name));
      continue;
    }
    const auto key =
        std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& k) { return k.name == full; });
    if (key == kKeys.end()) {
      std::vector<std::string_view> known;
      for (const Key& k : kKeys)
        known.push_back(k.name);
      const std::string_view near = nearest(full, known);
      return invalid(
          fmt::format("There is no key '{}'.{} All keys: docs/reference/configuration.md.", full,
                      near.empty() ? "" : fmt::format(" Did you mean '{}'?", near)),
          place(name, node));
    }
    TRY(set(config, *key, node, name));
  }
  return {};
}

std::string default_of(const Key& key) {
  const Config defaults;
  if (const auto* number = std::get_if<std::int64_t Config::*>(&key.target)) {
    return std::to_string(defaults.*(*number));
  }
  const std::string text =
      std::holds_alternative<std::string Config::*>(key.target)
          ? defaults.*(std::get<std::string Config::*>(key.target))
          : (defaults.*(std::get<std::filesystem::path Config::*>(key.target))).string();
  return "\"" + text + "\"";
}

}  // namespace

Result<Config> parse_config(std::string_view text, std::string_view name) {
  const toml::parse_result parsed = toml::parse(text, name);
  if (!parsed) {
    return invalid(fmt::format("This is not valid TOML: {}.", parsed.error().description()),
                   fmt::format("{}:{}", name, parsed.error().source().begin.line));
  }
  Config config;
  TRY(walk(config, parsed.table(), "", name));
  return config;
}

Result<Config> load_config(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || std::filesystem::is_directory(file) || !(text << in.rdbuf())) {
    return invalid("The configuration file cannot be read.", file.string());
  }
  return parse_config(text.str(), file.string());
}

std::string config_reference() {
  std::string out =
      "# Configuration\n\n"
      "One TOML file, given with `--config FILE`. Every key is optional. This page is printed by\n"
      "`hustings config`; do not edit it.\n\n"
      "| key | default | limits | what it says |\n|---|---|---|---|\n";
  for (const Key& key : kKeys) {
    std::string limits;
    if (std::holds_alternative<std::int64_t Config::*>(key.target)) {
      limits = fmt::format("{} to {}", key.limits.least, key.limits.most);
    } else if (!key.choices.empty()) {
      limits = fmt::format("{}", fmt::join(key.choices, ", "));
    }
    out +=
        fmt::format("| `{}` | `{}` | {} | {} |\n", key.name, default_of(key), limits, key.sentence);
  }
  return out;
}

}  // namespace hustings
