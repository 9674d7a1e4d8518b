#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "linkage/records.h"
#include "model/ids.h"
#include "pg/connection.h"

namespace hustings::identity {

/// One identity of the registry, without its values.
struct Identity {
  VoterId home;
  VoterId voter;             ///< the person it belongs to
  std::uint16_t source = 0;  ///< a place in Identities::sources
  bool is_official = false;  ///< of the roll of the voter's own state
};

/// Identities in memory, 64 bytes of values and 24 more each. Rows are numbered in the order of
/// loading.
struct Identities {
  linkage::Records records;
  std::vector<Identity> rows;

  explicit Identities(linkage::Words& words) : records(words) {}
};

/// Names of sources, numbered as they come.
class Sources {
 public:
  std::uint16_t number_of(std::string_view name);
  const std::string& name(std::uint16_t number) const { return names_.at(number); }
  std::size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
};

/// Where an identity belongs; null leaves it out.
using Place = std::function<Identities*(VoterId home, std::uint16_t source)>;
/// Told now and then how many identities have been read.
using Tell = std::function<void(std::int64_t)>;

/// Reads every identity's values by one streaming COPY: of a person with one identity the profile,
/// which has what people have corrected; of others the newest version of each identity. Nobody who
/// is protected by law is read. Returns how many were read.
std::int64_t load_identities(pg::Connection& connection, Sources& sources, const Place& place,
                             const Tell& tell);

/// The same, handed over one by one: what `use` does not keep is gone.
using Use = std::function<void(const Identity& identity, const linkage::Person& person)>;
void each_identity(pg::Connection& connection, Sources& sources, const Use& use);

/// The same of single homes, by key: for what has come since. `use` is called once all are read.
void read_homes(pg::Connection& connection, const std::vector<std::int64_t>& homes,
                Sources& sources, const Use& use);

/// The identities of which these imports brought a row that was new or changed.
std::vector<std::int64_t> homes_of_imports(pg::Connection& connection,
                                           const std::vector<ImportId>& imports);

}  // namespace hustings::identity
