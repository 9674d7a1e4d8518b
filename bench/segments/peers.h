#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "segments/queries.h"

/// The engines that bench_segments is compared with, on the same voters.
namespace hustings::bench {

class Peer {
 public:
  virtual ~Peer() = default;
  Peer() = default;
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  virtual std::string name() const = 0;
  virtual void set_threads(int threads) = 0;
  /// Throws Failure if it refuses the query.
  virtual Answer run(const std::string& sql) = 0;
};

struct PeerFiles {
  std::filesystem::path libraries;  ///< where bench/peers/install.sh put them
  std::filesystem::path folder;     ///< for what they write
  std::filesystem::path csv;        ///< the voters, one a line, flags as 0 and 1
};

/// Starts those that are there and loads the voters into them; says of the others why not.
struct Peers {
  std::vector<std::unique_ptr<Peer>> all;
  std::vector<std::string> missing;  ///< "clickhouse: libchdb.so is not in …"
};
Peers start_peers(const PeerFiles& files);

}  // namespace hustings::bench
