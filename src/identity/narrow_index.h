#pragma once

#include <memory>
#include <span>
#include <vector>

#include "identity/identities.h"
#include "identity/person_reader.h"
#include "linkage/blocking.h"
#include "linkage/index.h"
#include "linkage/model.h"
#include "pg/connection.h"
#include "registry/voter_row.h"

namespace hustings::identity {

/// The registry as far as it can answer for some rows: everybody is read once, and only who shares
/// a blocking key with one of the rows is kept. So memory follows the rows and not the electorate,
/// which a server has no room for twice. Rare names are weighed as among everybody.
class NarrowIndex {
 public:
  /// One pass over every identity (identities.h). A cancel of `connection` ends it with a Failure.
  NarrowIndex(pg::Connection& connection, std::span<const registry::VoterRow> rows);

  /// Of a person that is one of the rows. The matches' left rows are places in identities().
  std::vector<linkage::Match> find(const linkage::Person& person, std::size_t most,
                                   double probability_min) const;
  const std::vector<Identity>& identities() const { return identities_.rows; }

 private:
  void read_everybody(pg::Connection& connection, const std::vector<bool>& keys);

  const std::vector<linkage::Rule> rules_ = linkage::voter_rules();
  linkage::Words words_;
  Identities identities_{words_};
  linkage::WordCounts counts_;
  std::unique_ptr<linkage::Index> index_;
};

/// What a form or a file says of somebody.
PersonFields fields_of(const registry::VoterRow& row);

/// The newest trained model, or an untrained one, for asking whether somebody is among so many
/// identities: one in two that is asked for is.
linkage::Model asking_model(pg::Connection& connection);
void expect_one_in_two(linkage::Model& model, std::size_t identities);

}  // namespace hustings::identity
